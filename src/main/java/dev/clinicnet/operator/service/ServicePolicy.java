package dev.clinicnet.operator.service;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.OAuth;
import dev.clinicnet.operator.config.JsonBuffers;
import dev.clinicnet.operator.policy.Action;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.Login;
import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.Rule;
import dev.clinicnet.operator.policy.TrafficPolicy;
import dev.clinicnet.operator.policy.raw.EndpointKind;
import dev.clinicnet.operator.policy.raw.Finding;
import dev.clinicnet.operator.policy.raw.Grant;
import dev.clinicnet.operator.policy.raw.RawPolicy;
import dev.clinicnet.operator.policy.raw.RawPolicyFindings;
import dev.clinicnet.operator.reference.ReferenceProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The policy of a service's public endpoint, without its forward.
 *
 * @param access the content of {@code spec.access}
 * @param rules {@code spec.trafficPolicy} as a tree; empty for none
 * @param warnings sentences about values that are allowed but probably not meant
 */
record ServicePolicy(
    Expose expose, ResolvedAccess access, Map<String, Object> rules, List<String> warnings) {
  private static final ObjectMapper JSON = new ObjectMapper(JsonBuffers.factory());
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final int MOST_TOLD = 3;

  /** No host has a name under this (RFC 2606): {@code import} writes it for an unknown one. */
  private static final Pattern NEVER_THERE = Pattern.compile(".*\\.invalid(:[0-9]+)?");

  /**
   * Reads a manifest and its references.
   *
   * @throws ReferenceProblem for a reference that cannot be used
   * @throws IllegalArgumentException for a value that a policy cannot hold; the message names the
   *     field
   */
  static ServicePolicy of(ServiceObservation o) {
    ClinicServiceSpec spec = o.service().getSpec();
    ResolvedAccess access = ResolvedAccess.Reader.of(o).read(spec.access());
    List<String> warnings = new ArrayList<>();
    access.policy().addresses().warnings().forEach(w -> warnings.add("spec.access." + w));
    if (NEVER_THERE.matcher(spec.upstream().url()).matches()) {
      warnings.add(
          "spec.upstream.url leads to a host under .invalid, which never exists: write where the"
              + " service listens");
    }
    if (spec.internalURL() != null && spec.internalURL().startsWith("http://")) {
      warnings.add(
          "spec.internalURL has the scheme http, which ngrok may refuse in an account in HIPAA"
              + " mode: write https, which needs no certificate at the site");
    }
    if (letsEverybodyIn(spec.access().oauth())) {
      warnings.add(
          "spec.access.oauth lets in everybody who has an account at "
              + spec.access().oauth().provider()
              + ": list allowedEmailDomains or allowedEmails");
    }
    Map<String, Object> rules =
        spec.trafficPolicy() == null ? Map.of() : JSON.convertValue(spec.trafficPolicy(), TREE);
    RawPolicyFindings findings =
        RawPolicy.check(
            rules,
            kind(spec.expose()),
            access.vaultEntries().stream()
                .map(entry -> grant(o, entry))
                .collect(Collectors.toSet()),
            access.policy().login().isPresent());
    if (!findings.accepted()) {
      throw new IllegalArgumentException(told(findings.errors()));
    }
    if (forwardHasConditions(spec, access) && forwards(rules)) {
      throw new IllegalArgumentException(
          "spec.trafficPolicy: forward-internal cannot stand beside spec.expose.https.paths or"
              + " allowed users in spec.access, on which the forward depends: take it out, or write"
              + " what they say into the rules");
    }
    boolean endToEnd = spec.expose() != null && spec.expose().tls() != null;
    if (endToEnd || access.policy().certificates().isPresent()) {
      refuseOtherTLS(rules, endToEnd ? "spec.expose.tls" : "spec.access.mutualTLS");
    }
    findings.warnings().forEach(warning -> warnings.add(inRules(warning)));
    return new ServicePolicy(spec.expose(), access, rules, List.copyOf(warnings));
  }

  /** Whether the operator's own forward has conditions. */
  private static boolean forwardHasConditions(ClinicServiceSpec spec, ResolvedAccess access) {
    boolean paths =
        spec.expose() != null
            && spec.expose().https() != null
            && !spec.expose().https().paths().isEmpty();
    return paths || access.policy().login().flatMap(Login::users).isPresent();
  }

  private static boolean forwards(Map<String, Object> rules) {
    return RawPolicy.rules(rules).values().stream()
        .flatMap(List::stream)
        .flatMap(rule -> rule.actions().stream())
        .anyMatch(Action::forwards);
  }

  private static boolean letsEverybodyIn(OAuth oauth) {
    return oauth != null
        && oauth.allowedEmailDomains().isEmpty()
        && oauth.allowedEmails().isEmpty();
  }

  /**
   * Refuses {@code terminate-tls}, which could weaken the check of client certificates, or end TLS
   * at ngrok that must end at the site.
   */
  private static void refuseOtherTLS(Map<String, Object> rules, String field) {
    boolean other =
        RawPolicy.rules(rules).getOrDefault(Phase.ON_TCP_CONNECT, List.of()).stream()
            .flatMap(rule -> rule.actions().stream())
            .anyMatch(action -> action.type().equals("terminate-tls"));
    if (other) {
      throw new IllegalArgumentException(
          "spec.trafficPolicy.on_tcp_connect: terminate-tls cannot stand beside "
              + field
              + ": remove one of them");
    }
  }

  /** The whole policy, with the forward to an internal endpoint. */
  TrafficPolicy forwardingTo(Forward forward) {
    Map<Phase, List<Rule>> raw = RawPolicy.rules(rules);
    if (expose.https() != null) {
      return PolicyBuilder.https(access.policy(), expose.https().paths(), raw, forward);
    }
    return expose.tls() != null
        ? PolicyBuilder.tls(access.policy(), raw, forward)
        : PolicyBuilder.tcp(access.policy(), raw, forward);
  }

  /** The expiry of the first trusted certificate; empty without certificates. */
  Optional<Instant> expiry() {
    return access.expiry();
  }

  private static EndpointKind kind(Expose expose) {
    if (expose == null || expose.https() != null) {
      return EndpointKind.HTTPS;
    }
    return expose.tls() != null ? EndpointKind.TLS : EndpointKind.TCP;
  }

  private static Grant grant(ServiceObservation o, VaultEntry entry) {
    return new Grant(
        VaultNames.vault(o.settings().instance()), VaultNames.secret(o.owner(), entry.purpose()));
  }

  private static String told(List<Finding> errors) {
    String first =
        errors.stream()
            .limit(MOST_TOLD)
            .map(ServicePolicy::inRules)
            .collect(Collectors.joining("; "));
    int more = errors.size() - MOST_TOLD;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  private static String inRules(Finding finding) {
    return "spec.trafficPolicy" + (finding.path().isEmpty() ? ": " : ".") + finding;
  }
}
