package dev.clinicnet.operator.cli.siteaccess;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import java.util.List;
import java.util.Set;

/**
 * What an account may do in a namespace, as the API server says it.
 *
 * @param rules the rules that hold for the account, from all its bindings
 */
record Rights(List<ResourceRule> rules) {
  private static final String ANY = "*";
  private static final String SECRETS = "secrets";

  /** Every ServiceAccount has these: reviews of itself, and public authorities. */
  private static final Set<String> OF_EVERYBODY =
      Set.of(
          "selfsubjectaccessreviews",
          "selfsubjectrulesreviews",
          "selfsubjectreviews",
          "clustertrustbundles");

  Rights {
    rules = List.copyOf(rules);
  }

  /** Whether it may get the Secret of this name. */
  boolean mayGet(String secret) {
    return rules.stream().anyMatch(rule -> isExactly(rule, secret));
  }

  /** The rules with which it reaches other Secrets than this one, or does more with this one. */
  List<String> beyond(String secret) {
    return rules.stream()
        .filter(rule -> concernsSecrets(rule) && !isExactly(rule, secret))
        .map(Rights::words)
        .toList();
  }

  /** The rules on other things than Secrets that not everybody has. */
  List<String> others() {
    return rules.stream()
        .filter(rule -> !concernsSecrets(rule))
        .filter(rule -> !OF_EVERYBODY.containsAll(rule.getResources()))
        .map(Rights::words)
        .toList();
  }

  private static boolean isExactly(ResourceRule rule, String secret) {
    return rule.getApiGroups().equals(List.of(""))
        && rule.getResources().equals(List.of(SECRETS))
        && rule.getResourceNames().equals(List.of(secret))
        && rule.getVerbs().equals(List.of("get"));
  }

  private static boolean concernsSecrets(ResourceRule rule) {
    return rule.getResources().stream().anyMatch(name -> name.equals(SECRETS) || name.equals(ANY))
        && rule.getApiGroups().stream().anyMatch(group -> group.isEmpty() || group.equals(ANY));
  }

  private static String words(ResourceRule rule) {
    return String.join(",", rule.getVerbs())
        + " "
        + String.join(",", rule.getResources())
        + (rule.getResourceNames().isEmpty()
            ? ""
            : " named " + String.join(",", rule.getResourceNames()));
  }
}
