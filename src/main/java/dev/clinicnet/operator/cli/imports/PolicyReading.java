package dev.clinicnet.operator.cli.imports;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.cli.plan.PolicyDisplay;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.AddressRestriction;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.LiveForwards;
import dev.clinicnet.operator.policy.LivePaths;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.PolicyForm;
import dev.clinicnet.operator.policy.PolicyText;
import dev.clinicnet.operator.policy.TrafficPolicy;
import dev.clinicnet.operator.policy.raw.EndpointKind;
import dev.clinicnet.operator.policy.raw.RawPolicy;
import dev.clinicnet.operator.policy.raw.RawPolicyFindings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A traffic policy that people wrote, as a manifest says it: so that the operator would make a
 * policy of the same effect, and need not write it.
 *
 * @param target the internal URL to which it forwards, as it stands in the policy
 * @param allow the networks of {@code spec.access.allowCIDRs}
 * @param deny the networks of {@code spec.access.denyCIDRs}
 * @param ipPolicyIDs the ids of {@code spec.access.ipPolicyIDs}
 * @param paths of {@code spec.expose.https.paths}
 * @param rules of {@code spec.trafficPolicy}; empty for none
 */
record PolicyReading(
    String target,
    List<String> allow,
    List<String> deny,
    List<String> ipPolicyIDs,
    List<String> paths,
    Map<String, Object> rules) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final String CONNECT = "on_tcp_connect";
  private static final String REQUEST = "on_http_request";
  private static final String ACTIONS = "actions";
  private static final String FORWARD = "forward-internal";

  /**
   * A reading, or why there is none.
   *
   * @param reason a sentence without secrets; null when there is a reading
   */
  record Result(PolicyReading reading, String reason) {
    private static Result no(String reason) {
      return new Result(null, reason);
    }
  }

  /**
   * Reads a policy.
   *
   * @param url of the endpoint
   * @param text as the platform lists it; null for none
   */
  static Result of(String url, String text) {
    Optional<JsonNode> tree = text == null ? Optional.empty() : PolicyText.read(text);
    if (tree.filter(JsonNode::isObject).isEmpty()) {
      return Result.no("Its traffic policy cannot be read.");
    }
    Set<String> targets = new LinkedHashSet<>(LiveForwards.of(text));
    if (targets.isEmpty()) {
      return Result.no("Its traffic policy forwards to no internal endpoint.");
    }
    if (targets.size() > 1) {
      return Result.no(
          "Its traffic policy leads to several internal endpoints ("
              + String.join(", ", targets)
              + "), and a ClinicService to one.");
    }
    String target = targets.iterator().next();
    if (Forward.host(target).filter(host -> host.endsWith(".internal")).isEmpty()) {
      return Result.no(
          "Its traffic policy forwards to " + target + ", which is not one internal endpoint.");
    }
    if (PolicyDisplay.hidesSecrets(text)) {
      return Result.no(
          "Its traffic policy holds something that looks like a secret, which must not get into a"
              + " manifest: write spec.access with a reference to a Secret.");
    }
    return read(url, text, (ObjectNode) tree.get(), target);
  }

  private static Result read(String url, String text, ObjectNode tree, String target) {
    List<PolicyReading> candidates = new ArrayList<>();
    for (boolean split : new boolean[] {true, false}) {
      PolicyReading addresses = split ? addresses(tree, target) : plain(target);
      ObjectNode rest = split ? withoutAddresses(tree, addresses) : tree.deepCopy();
      LivePaths.of(tree).ifPresent(paths -> candidates.add(addresses.with(paths, Map.of())));
      candidates.add(addresses.with(List.of(), Map.of()));
      candidates.add(addresses.with(List.of(), own(withoutEnd(rest, url))));
      candidates.add(addresses.with(List.of(), own(rest)));
    }
    String refusal = null;
    for (PolicyReading candidate : candidates) {
      RawPolicyFindings findings = RawPolicy.check(candidate.rules(), kind(url), Set.of(), false);
      if (!findings.accepted()) {
        refusal = "Its rules may not stand in a manifest: " + findings.errors().get(0) + ".";
      } else if (candidate.makes(url, text)) {
        return new Result(candidate, null);
      }
    }
    return Result.no(
        refusal != null
            ? refusal
            : "The operator would write its traffic policy in another form, which is more than a"
                + " mark.");
  }

  /** Whether the operator would make a policy of the same effect. */
  private boolean makes(String url, String text) {
    try {
      return PolicyForm.sameEffect(text, policy(url).toJson());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private TrafficPolicy policy(String url) {
    Forward forward = new Forward(target, parent(target));
    AccessPolicy access =
        new AccessPolicy(
            AddressRestriction.of(allow, deny, ipPolicyIDs),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return switch (kind(url)) {
      case HTTPS -> PolicyBuilder.https(access, paths, RawPolicy.rules(rules), forward);
      case TLS -> PolicyBuilder.tls(access, RawPolicy.rules(rules), forward);
      case TCP -> PolicyBuilder.tcp(access, RawPolicy.rules(rules), forward);
    };
  }

  private static String parent(String url) {
    String host = Forward.host(url).orElseThrow();
    return host.substring(host.indexOf('.') + 1);
  }

  private static EndpointKind kind(String url) {
    return url.startsWith("https:")
        ? EndpointKind.HTTPS
        : url.startsWith("tls:") ? EndpointKind.TLS : EndpointKind.TCP;
  }

  private static PolicyReading plain(String target) {
    return new PolicyReading(target, List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  private PolicyReading with(List<String> otherPaths, Map<String, Object> otherRules) {
    return new PolicyReading(target, allow, deny, ipPolicyIDs, otherPaths, otherRules);
  }

  /** What the first action on connect says of addresses. */
  private static PolicyReading addresses(ObjectNode tree, String target) {
    JsonNode first = tree.path(CONNECT).path(0);
    JsonNode action = first.path(ACTIONS).path(0);
    boolean restricts =
        action.path("type").asText().equals("restrict-ips") && first.path("expressions").isEmpty();
    if (!restricts) {
      return plain(target);
    }
    JsonNode config = action.path("config");
    List<String> deny = texts(config.path("deny"));
    List<String> allow = texts(config.path("allow"));
    // The operator itself writes these two where only networks are denied.
    boolean all = !deny.isEmpty() && Set.copyOf(allow).equals(Set.of("0.0.0.0/0", "::/0"));
    return new PolicyReading(
        target,
        all ? List.of() : allow,
        deny,
        texts(config.path("ip_policies")),
        List.of(),
        Map.of());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static ObjectNode withoutAddresses(ObjectNode tree, PolicyReading addresses) {
    ObjectNode rest = tree.deepCopy();
    boolean none =
        addresses.allow().isEmpty()
            && addresses.deny().isEmpty()
            && addresses.ipPolicyIDs().isEmpty();
    if (!none) {
      ArrayNode rules = (ArrayNode) rest.path(CONNECT);
      ArrayNode actions = (ArrayNode) rules.get(0).path(ACTIONS);
      actions.remove(0);
      dropEmpty(rest, CONNECT, rules, 0);
    }
    return rest;
  }

  /** Without the forward at the end, which the operator adds itself. */
  private static ObjectNode withoutEnd(ObjectNode tree, String url) {
    ObjectNode rest = tree.deepCopy();
    String phase = kind(url) == EndpointKind.HTTPS ? REQUEST : CONNECT;
    if (rest.path(phase) instanceof ArrayNode rules && !rules.isEmpty()) {
      JsonNode last = rules.get(rules.size() - 1);
      if (last.path("expressions").isEmpty() && last.path(ACTIONS) instanceof ArrayNode actions) {
        JsonNode end = actions.path(actions.size() - 1);
        if (end.path("type").asText().equals(FORWARD)) {
          actions.remove(actions.size() - 1);
          dropEmpty(rest, phase, rules, rules.size() - 1);
        }
      }
    }
    return rest;
  }

  private static void dropEmpty(ObjectNode tree, String phase, ArrayNode rules, int index) {
    if (rules.get(index).path(ACTIONS).isEmpty()) {
      rules.remove(index);
    }
    if (rules.isEmpty()) {
      tree.remove(phase);
    }
  }

  /** The rules for a manifest: a forward has no URL, and phases without rules are left out. */
  private static Map<String, Object> own(ObjectNode tree) {
    ObjectNode rules = tree.deepCopy();
    tree.properties()
        .forEach(
            phase -> {
              if (phase.getValue().isEmpty()) {
                rules.remove(phase.getKey());
              }
            });
    rules.findParents("type").stream()
        .filter(action -> action.path("type").asText().equals(FORWARD))
        .map(ObjectNode.class::cast)
        .forEach(PolicyReading::leaveOutTarget);
    return JSON.convertValue(rules, TREE);
  }

  private static void leaveOutTarget(ObjectNode action) {
    if (action.path("config") instanceof ObjectNode config) {
      config.remove("url");
      if (config.isEmpty()) {
        action.remove("config");
      }
    }
  }
}
