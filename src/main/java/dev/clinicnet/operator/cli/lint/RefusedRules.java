package dev.clinicnet.operator.cli.lint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.policy.raw.EndpointKind;
import dev.clinicnet.operator.policy.raw.Finding;
import dev.clinicnet.operator.policy.raw.RawPolicy;
import dev.clinicnet.operator.policy.raw.RawPolicyFindings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All problems in the raw rules of a service that the operator refuses for them. The condition has
 * room for the first few errors only.
 */
record RefusedRules(List<String> errors, List<String> warnings) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final String FIELD = "spec.trafficPolicy";

  /**
   * Finds the problems behind a refusal.
   *
   * @return only the refusal if it is about something else
   */
  static RefusedRules of(ClinicService service, String refusal) {
    RefusedRules single = new RefusedRules(List.of(refusal), List.of());
    if (service.getSpec().trafficPolicy() == null || !refusal.startsWith(FIELD)) {
      return single;
    }
    RawPolicyFindings findings =
        RawPolicy.check(
            JSON.convertValue(service.getSpec().trafficPolicy(), TREE),
            kind(service.getSpec().expose()),
            Set.of(),
            hasLogin(service.getSpec().access()));
    List<String> errors = findings.errors().stream().map(RefusedRules::told).toList();
    // If the operator found something else first, its message counts.
    return errors.isEmpty() || !refusal.startsWith(errors.get(0))
        ? single
        : new RefusedRules(errors, findings.warnings().stream().map(RefusedRules::told).toList());
  }

  private static String told(Finding finding) {
    return FIELD + (finding.path().isEmpty() ? ": " : ".") + finding;
  }

  private static EndpointKind kind(Expose expose) {
    if (expose == null || expose.https() != null) {
      return EndpointKind.HTTPS;
    }
    return expose.tls() != null ? EndpointKind.TLS : EndpointKind.TCP;
  }

  private static boolean hasLogin(Access access) {
    return access != null
        && Stream.of(access.oauth(), access.oidc(), access.jwt(), access.basicAuth())
            .anyMatch(Objects::nonNull);
  }
}
