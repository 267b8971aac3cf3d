package dev.clinicnet.operator.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The operator's rights, as texts of single rules with their comments. They are written once, in
 * {@code deploy/base}.
 */
record OperatorRules(List<String> rules, List<String> leaseRules) {
  private static final Path CLUSTER_ROLE = Path.of("deploy/base/clusterrole.yaml");
  private static final Path LEASE_ROLE = Path.of("deploy/base/role.yaml");

  /** Kinds outside of namespaces, for which a Role has no effect. */
  private static final Pattern OF_THE_CLUSTER =
      Pattern.compile("resources: \\[(namespaces|validatingadmissionpolicybindings)]");

  /** The rights to read grants and namespaces. They are not needed without grants. */
  private static final Pattern OF_GRANTS =
      Pattern.compile(
          "resources: \\[ngrokaccounts(/status)?]|resources: \\[namespaces]\\s+verbs: \\[list");

  private static final Pattern OF_SESSION_POLICIES =
      Pattern.compile("resources: \\[validatingadmissionpolicybindings]");

  static OperatorRules read() throws IOException {
    return new OperatorRules(rules(CLUSTER_ROLE), rules(LEASE_ROLE));
  }

  /** Named templates with the rules, for the chart. */
  String template() {
    return "{{/* Generated from deploy/base/clusterrole.yaml and role.yaml: change those, and run"
        + " ChartFilesTest. */}}\n"
        + define(
            "rules", select(ofTheCluster().or(ofGrants()).negate()), DNS_ENDPOINTS + FLEET_PAGE)
        + define("clusterRules", select(ofTheCluster().and(ofGrants().negate())), "")
        + define("grantRules", select(ofGrants()), "")
        + define("sessionPolicyRule", select(OF_SESSION_POLICIES.asPredicate()), "")
        + define("leaseRules", String.join("", leaseRules), "");
  }

  /** A Role for one watched namespace. */
  String role() {
    return """
        # Generated from deploy/base/clusterrole.yaml: change that, and run ChartFilesTest.
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: clinic-operator-watched
        rules:
        """
        + select(ofTheCluster().or(ofGrants()).negate());
  }

  private static final String DNS_ENDPOINTS =
      """
      {{- if .Values.dnsEndpoints.enabled }}
      - apiGroups: [externaldns.k8s.io]
        resources: [dnsendpoints]
        verbs: [list, watch, create, patch, delete]
      {{- end }}
      """;

  private static final String FLEET_PAGE =
      """
      {{- if .Values.fleetPage.enabled }}
      - apiGroups: [""]
        resources: [events]
        verbs: [list]
      {{- end }}
      """;

  private static String define(String name, String rules, String more) {
    return "\n{{- define \"clinic-operator."
        + name
        + "\" -}}\n"
        + rules.indent(-2)
        + more
        + "{{- end }}\n";
  }

  private String select(Predicate<String> which) {
    return rules.stream().filter(which).collect(Collectors.joining());
  }

  private static Predicate<String> ofGrants() {
    return OF_GRANTS.asPredicate();
  }

  private static Predicate<String> ofTheCluster() {
    return OF_THE_CLUSTER.asPredicate();
  }

  /** Each with the comment above it. */
  private static List<String> rules(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> rules = new ArrayList<>();
    StringBuilder rule = new StringBuilder();
    boolean complete = false;
    for (String line : text.substring(text.indexOf("\nrules:\n") + 8).lines().toList()) {
      boolean begins = line.startsWith("  - ") || line.startsWith("  #");
      if (begins && complete) {
        rules.add(rule.toString());
        rule.setLength(0);
        complete = false;
      }
      rule.append(line).append('\n');
      complete |= line.startsWith("  - ");
    }
    rules.add(rule.toString());
    return rules;
  }
}
