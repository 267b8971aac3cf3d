package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.NamespaceSelection;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The grants of all accounts. The account {@code default} without grants trusts every namespace.
 * Another account without grants trusts none.
 */
public final class Grants {
  /** The message about an account without a key. */
  public static final String WITHOUT_KEY =
      "An NgrokAccount with another name than default needs spec.apiKeySecretRef: name the Secret"
          + " with its API key, or rename it, or delete it.";

  private final Map<String, NgrokAccount> accounts;

  private Grants(Map<String, NgrokAccount> accounts) {
    this.accounts = accounts;
  }

  /** The grants of these accounts. */
  public static Grants of(Collection<NgrokAccount> accounts) {
    Map<String, NgrokAccount> byName = new HashMap<>();
    accounts.stream()
        .filter(account -> account.getSpec() != null)
        .forEach(account -> byName.put(account.getMetadata().getName(), account));
    return new Grants(byName);
  }

  /** Whether it is the account of the operator's own API key. */
  public static boolean isDefault(String account) {
    return NgrokAccount.DEFAULT.equals(account);
  }

  /**
   * What a namespace may hold in an account.
   *
   * @param labels the labels of the namespace; empty if it is not known
   */
  public Grant of(String account, String namespace, Map<String, String> labels) {
    NgrokAccount found = accounts.get(account);
    if (isDefault(account) && (found == null || found.getSpec().grants().isEmpty())) {
      return Grant.TRUSTED;
    }
    return new Grant(
        Optional.of(account),
        namespace,
        found == null ? OnRevoked.Retain : found.getSpec().onRevoked(),
        found == null ? List.of() : selecting(found, namespace, labels));
  }

  /**
   * The same, where an account that is not known here may exist elsewhere, and then may grant
   * everything.
   */
  public Grant ofKnown(String account, String namespace, Map<String, String> labels) {
    return accounts.containsKey(account) ? of(account, namespace, labels) : Grant.TRUSTED;
  }

  private static List<NamespaceGrant> selecting(
      NgrokAccount used, String namespace, Map<String, String> labels) {
    return used.getSpec().grants().stream()
        .filter(grant -> selects(grant, namespace, labels))
        .toList();
  }

  /** Whether a grant is for a namespace: by its name, or because it carries all the labels. */
  static boolean selects(NamespaceGrant grant, String namespace, Map<String, String> labels) {
    NamespaceSelection selection = grant.namespaces();
    boolean labelled =
        !selection.matchLabels().isEmpty()
            && labels.entrySet().containsAll(selection.matchLabels().entrySet());
    return labelled || selection.names().contains(namespace);
  }
}
