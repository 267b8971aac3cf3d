package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Node;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest on its whole way: the API server's validation, then the operator's decision.
 *
 * @param forwardURL the internal endpoint to which the policy forwards
 * @param vault the name of the vault that the policy reads
 * @param secrets what the operator has put into it, by name
 * @param agentPolicy the policy of the internal endpoint, as the site kit has it; empty for none
 */
public record AcceptedPolicy(
    ClinicService service,
    TrafficPolicy policy,
    List<String> warnings,
    String forwardURL,
    String vault,
    Map<String, String> secrets,
    String agentPolicy) {
  private static final LockKeys LOCKS = LockKeys.generate(new SecureRandom());
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String STAFF = Fixtures.read("staff-ca.crt");
  private static final String PARTNER = Fixtures.read("partner-ca.crt");
  private static final Map<String, String> AUTHORITIES =
      Map.of(
          "staff",
          STAFF,
          "partner",
          PARTNER,
          "both",
          STAFF + PARTNER,
          "expired",
          Fixtures.read("expired-ca.crt"),
          "text",
          "no certificate");

  /** The Secrets that {@link RandomServices} refers to, beside {@code users}. */
  public static final Map<String, Map<String, String>> REFERENCED =
      Map.of(
          "cas",
          AUTHORITIES,
          "login",
          Map.of("secret", "planted-client-secret", "empty", ""),
          "ten",
          users(10),
          "eleven",
          users(11),
          "short",
          Map.of("ann", "2-short"));

  /** Empty where it is refused; beside the fixtures there is a Secret {@code users}. */
  static Optional<AcceptedPolicy> of(String manifest, Map<String, String> users) {
    return of(manifest, users, Map.of());
  }

  /** Empty where it is refused; each of the objects is there as a Secret and as a ConfigMap. */
  public static Optional<AcceptedPolicy> of(
      String manifest, Map<String, String> users, Map<String, Map<String, String>> objects) {
    return service(manifest).flatMap(service -> of(service, users, objects));
  }

  /** The service that the API server makes of a manifest; empty where it refuses it. */
  static Optional<ClinicService> service(String manifest) {
    ManifestReader.Reading reading = new ManifestReader("clinics").read("f.yaml", manifest);
    if (!reading.problems().isEmpty() || reading.documents().size() != 1) {
      return Optional.empty();
    }
    Document document = reading.documents().get(0);
    if (!ManifestValidation.ofNew(document).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        JSON.convertValue(
            ((Node.Mapping) ManifestValidation.completed(document)).plain(), ClinicService.class));
  }

  private static Optional<AcceptedPolicy> of(
      ClinicService service, Map<String, String> users, Map<String, Map<String, String>> objects) {
    ServiceScene scene = scene(service, users);
    objects.forEach((name, data) -> scene.configMap(name, data).secret(name, "1", data));
    ServiceObservation o = scene.observe();
    Assessment assessment = new Assessment();
    return ServiceAcceptance.resolve(o, assessment)
        ? ServiceAcceptance.accept(o, assessment).value().map(read -> of(o, read))
        : Optional.empty();
  }

  private static AcceptedPolicy of(ServiceObservation o, ServicePolicy read) {
    String forwardURL = InternalEndpoint.of(o).url();
    Map<String, String> secrets = new LinkedHashMap<>();
    read.access()
        .vaultEntries()
        .forEach(
            entry ->
                secrets.put(VaultNames.secret(o.owner(), entry.purpose()), entry.value().reveal()));
    String vault = VaultNames.vault(o.settings().instance());
    String reference = null;
    String agentPolicy = "";
    if (InternalLockDecision.usesVault(o.service().getSpec())) {
      String name = VaultNames.secret(o.owner(), InternalLockDecision.PURPOSE);
      SecretValue sent = LOCKS.present(ClinicNames.path(o.service()));
      secrets.put(name, sent.reveal());
      reference = VaultNames.reference(vault, name);
      agentPolicy = PolicyBuilder.behindLock(List.of(LockKeys.hash(sent))).toJson();
    }
    return new AcceptedPolicy(
        o.service(),
        read.forwardingTo(new Forward(forwardURL, o.internalDomain(), reference)),
        read.warnings(),
        forwardURL,
        vault,
        secrets,
        agentPolicy);
  }

  private static ServiceScene scene(ClinicService service, Map<String, String> users) {
    return referenced(ServiceScene.of(service), users)
        .in(
            clinic("clinic1")
                .shared("*.api.com")
                .shared("*.api.clinicnet.com")
                .status(ServiceScene.accepted(true))
                .build());
  }

  /** A scene with everything that {@link RandomServices} refers to. */
  static ServiceScene referenced(ServiceScene scene, Map<String, String> users) {
    REFERENCED.forEach((name, data) -> scene.secret(name, "1", data));
    return scene.configMap("cas", AUTHORITIES).secret("users", "1", users);
  }

  private static Map<String, String> users(int count) {
    Map<String, String> users = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      users.put("user" + i, "planted-password-" + i);
    }
    return users;
  }
}
