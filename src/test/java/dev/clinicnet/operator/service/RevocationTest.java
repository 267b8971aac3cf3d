package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.ClientCertificates;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.Login;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A CA or a user that is gone from a referenced object is gone at ngrok before mass work. */
class RevocationTest {
  private static final String UPDATE = "update endpoints " + WaveTurnTest.URL;

  @Test
  void theRemovalOfAUserGoesInTheLaneOfDeletions() {
    ServiceObservation o = users("2", List.of("ann", "bob"), List.of("ann"));

    assertThat(lanes(o)).containsExactly(UPDATE + " DELETING");
    assertThat(steps(o)).extracting(Step::cause).containsExactly(Cause.MANIFEST);
  }

  @Test
  void theRemovalOfACAGoesInTheLaneOfDeletions() {
    ServiceObservation o = authorities(List.of("staff", "partner"), "partner");

    assertThat(lanes(o)).containsExactly(UPDATE + " DELETING");
    assertThat(steps(o)).extracting(Step::cause).containsExactly(Cause.MANIFEST);
  }

  @Test
  void whoComesNewIsNotUrgent() {
    assertThat(lanes(users("2", List.of("ann"), List.of("ann", "bob"))))
        .containsExactly(UPDATE + " CHANGE");
    assertThat(lanes(authorities(List.of("staff"), "staff", "partner")))
        .containsExactly(UPDATE + " CHANGE");
  }

  @Test
  void aPasswordThatIsSentAgainBesidesIsNotUrgentAndComesLater() {
    assertThat(lanes(users("1", List.of("ann", "bob"), List.of("ann"))))
        .containsExactly(UPDATE + " DELETING", "update vault_secrets " + entry("ann") + " CHANGE");
  }

  /** The policy cannot be sent before the vault has the password of the other user. */
  @Test
  void whatARevocationNeedsFirstIsAsUrgent() {
    ServiceObservation o = scene(List.of("ann"), List.of("bob"), "2", Set.of("ann")).observe();

    assertThat(lanes(o)).containsExactly("create vault_secrets " + entry("bob") + " DELETING");
  }

  @Test
  void afterAQuarantineNobodyIsRevoked() {
    ServiceScene scene =
        WaveTurnTest.scene(service("web").access(trusting()), 1L, DenyAll.at(WaveTurnTest.URL));
    scene.configMap("cas", Map.of("ca.crt", Fixtures.read("staff-ca.crt")));

    assertThat(lanes(scene.observe())).containsExactly(UPDATE + " CHANGE");
  }

  /**
   * The policy in force admits some users, and the Secret has others. The vault has the passwords
   * of all.
   *
   * @param version the version of the Secret that the vault has; the present one is 2
   */
  static ServiceObservation users(String version, List<String> inForce, List<String> now) {
    Set<String> all = new LinkedHashSet<>(inForce);
    all.addAll(now);
    return scene(inForce, now, version, all).observe();
  }

  private static ServiceScene scene(
      List<String> inForce, List<String> now, String version, Set<String> inVault) {
    Map<String, String> passwords = new TreeMap<>();
    inForce.forEach(user -> passwords.put(user, VaultNames.reference("clinicnet_i", entry(user))));
    ServiceScene scene =
        WaveTurnTest.scene(
            service("web").access("basicAuth: {secretRef: {name: users}, realm: Clinic}"),
            1L,
            policy(Optional.empty(), Optional.of(Login.basicAuth("Clinic", passwords))));
    scene.secret(
        "users",
        "2",
        now.stream().collect(Collectors.toMap(user -> user, user -> "pass-of-" + user)));
    scene.vault("vault_1", "clinicnet_i", Mark.shared("i"));
    inVault.forEach(
        user ->
            scene.vaultSecret(
                "secret_" + user,
                "vault_1",
                entry(user),
                scene.mark().withVersion("uid-users/" + version)));
    return scene;
  }

  /** The policy in force trusts some CAs, and the ConfigMap has others. */
  static ServiceObservation authorities(List<String> inForce, String... now) {
    ServiceScene scene =
        WaveTurnTest.scene(
            service("web").access(trusting()),
            1L,
            policy(
                Optional.of(
                    new ClientCertificates(
                        CertificateBundle.parse(pem(inForce.stream())).pems(),
                        "require-and-verify")),
                Optional.empty()));
    return scene.configMap("cas", Map.of("ca.crt", pem(Stream.of(now)))).observe();
  }

  private static String trusting() {
    return "mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: ca.crt}}]}";
  }

  private static String pem(Stream<String> authorities) {
    return authorities.map(name -> Fixtures.read(name + "-ca.crt")).collect(Collectors.joining());
  }

  private static String entry(String user) {
    return VaultNames.secret(
        new Owner("ClinicService", "clinics", "web"), "basic-auth-" + ContentHash.of(user));
  }

  private static TrafficPolicy policy(
      Optional<ClientCertificates> certificates, Optional<Login> login) {
    return PolicyBuilder.https(
        new AccessPolicy(AccessPolicy.ANYBODY.addresses(), certificates, Optional.empty(), login),
        List.of(),
        Map.of(),
        Forwards.to(WaveTurnTest.INTERNAL));
  }

  private static List<Step> steps(ServiceObservation o) {
    return ServiceDecision.decide(o).steps();
  }

  private static List<String> lanes(ServiceObservation o) {
    return steps(o).stream().map(step -> step + " " + step.lane()).toList();
  }
}
