package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.reference.ReferenceProblem;
import dev.clinicnet.operator.reference.References;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References of {@code spec.access} are read, or refused with a message without the value. */
class ResolvedAccessTest {
  private static final String VALUE = "hunter2";
  private static final String CA =
      "mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: ca.crt}}]}";
  private static final String FIELD = "spec.access.mutualTLS.caBundles[0]";
  private static final String LOGIN =
      "oauth: {provider: google, clientID: fake-id, clientSecretRef: {name: login, key: secret}}";
  private static final String USERS = "basicAuth: {secretRef: {name: users}}";

  @Test
  void anObjectThatIsNotThereOrHasNoLabelIsNamedWithItsFieldAndTheRemedy() {
    String remedy =
        " with the label clinicnet.dev/referenced: \"true\" in this namespace: create it, and label"
            + " it so.";

    assertThat(refusal(scene(CA), Reason.ReferenceNotFound))
        .isEqualTo(FIELD + ".configMapKeyRef: there is no ConfigMap cas" + remedy);
    assertThat(refusal(scene(CA.replace("configMap", "secret")), Reason.ReferenceNotFound))
        .isEqualTo(FIELD + ".secretKeyRef: there is no Secret cas" + remedy);
    assertThat(refusal(scene(LOGIN), Reason.ReferenceNotFound))
        .isEqualTo("spec.access.oauth.clientSecretRef: there is no Secret login" + remedy);
    assertThat(refusal(scene(USERS), Reason.ReferenceNotFound))
        .isEqualTo("spec.access.basicAuth.secretRef: there is no Secret users" + remedy);
  }

  @Test
  void aMissingKeyIsNamed() {
    String remedy = ": add it, or name another object or key.";

    assertThat(refusal(scene(CA).configMap("cas", Map.of("other", VALUE)), Reason.InvalidReference))
        .isEqualTo(FIELD + ".configMapKeyRef: ConfigMap cas has no key ca.crt" + remedy);
    assertThat(
            refusal(
                scene(LOGIN).secret("login", "1", Map.of("other", VALUE)), Reason.InvalidReference))
        .isEqualTo("spec.access.oauth.clientSecretRef: Secret login has no key secret" + remedy);
  }

  @Test
  void aConfigMapWithoutDataHasNoKey() {
    assertThat(
            refusal(
                scene(CA).configMap("cas", (Map<String, String>) null), Reason.InvalidReference))
        .contains("has no key ca.crt");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty: store a certificate",
    "hunter2, is not PEM: store",
    "leaf.crt, 'CN=fake leaf, which is not a CA'",
    "expired-ca.crt, 'CN=fake expired CA, which expired at 2021-01-01T00:00:00Z: replace it.'",
    "future-ca.crt, 'CN=fake future CA, which is not valid before 2040-01-01T00:00:00Z'",
    "ec.pkcs8.key, holds a PRIVATE KEY where only certificates belong",
  })
  void whatIsNoCACertificateIsRefused(String content, String words) {
    // Given
    String pem = content.contains(".") ? Fixtures.read(content) : content;
    // Then
    assertThat(refusal(scene(CA).configMap("cas", Map.of("ca.crt", pem)), Reason.InvalidReference))
        .startsWith(FIELD + ".configMapKeyRef: ConfigMap cas, key ca.crt, ")
        .contains(words);
  }

  @Test
  void theSecondBundleIsNamedByItsNumberAndOneBadCertificateSpoilsABundle() {
    // Given
    String two =
        "mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: good}},"
            + " {configMapKeyRef: {name: cas, key: bad}}]}";
    String mixed = Fixtures.read("staff-ca.crt") + Fixtures.read("expired-ca.crt");
    ServiceScene scene =
        scene(two).configMap("cas", Map.of("good", Fixtures.read("staff-ca.crt"), "bad", mixed));
    // Then
    assertThat(refusal(scene, Reason.InvalidReference))
        .startsWith("spec.access.mutualTLS.caBundles[1].configMapKeyRef: ")
        .contains("CN=fake expired CA");
  }

  @Test
  void theFirstOfAllCertificatesToExpireCounts() {
    // Given
    String two =
        "mutualTLS: {caBundles: [{configMapKeyRef: {name: cas, key: a}},"
            + " {secretKeyRef: {name: cas, key: b}}]}";
    ServiceScene scene =
        scene(two)
            .configMap("cas", Map.of("a", Fixtures.read("staff-ca.crt")))
            .secret("cas", "1", Map.of("b", Fixtures.read("partner-ca.crt")));
    // Then
    assertThat(read(scene).expiry()).contains(Instant.parse("2040-01-01T00:00:00Z"));
    assertThat(read(scene(LOGIN).secret("login", "1", Map.of("secret", VALUE))).expiry()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void anEmptyClientSecretIsRefused(String value) {
    assertThat(
            refusal(
                scene(LOGIN).secret("login", "1", Map.of("secret", value)),
                Reason.InvalidReference))
        .isEqualTo(
            "spec.access.oauth.clientSecretRef: key secret of Secret login is empty. Store the"
                + " client secret there.");
  }

  @ParameterizedTest
  @CsvSource({"hunter2", "'line\nbreak-hunter2'", "'tab\thunter2'", "long"})
  void aPasswordThatNgrokDoesNotTakeIsRefusedWithoutSayingIt(String value) {
    // Given
    String password = value.equals("long") ? VALUE.repeat(19) : value;
    ServiceScene scene = scene(USERS).secret("users", "1", Map.of("ann", password));
    // Then
    assertThat(refusal(scene, Reason.InvalidReference))
        .isEqualTo(
            "spec.access.basicAuth.secretRef: the password of user ann in Secret users must have 8"
                + " to 128 characters and no line break. Store another.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11})
  void thereAreOneToTenUsers(int count) {
    assertThat(refusal(scene(USERS).secret("users", "1", users(count)), Reason.InvalidReference))
        .isEqualTo(
            "spec.access.basicAuth.secretRef: Secret users has %d keys. Store 1 to 10 users, each"
                    .formatted(count)
                + " under its name.");
  }

  @Test
  void tenUsersWithPasswordsAtTheLimitsAreRead() {
    // Given
    Map<String, String> users = users(8);
    users.put("short", "8-charac");
    users.put("long", "x".repeat(128));
    // When
    ResolvedAccess access = read(scene(USERS).secret("users", "7", users));
    // Then
    assertThat(access.vaultEntries()).hasSize(10);
    assertThat(access.vaultEntries()).extracting(VaultEntry::purpose).doesNotHaveDuplicates();
    assertThat(access.vaultEntries()).extracting(VaultEntry::version).containsOnly("uid-users/7");
    assertThat(access.policy().toString()).doesNotContain("planted-password", "8-charac");
  }

  @Test
  void aUserKeepsItsEntryWhenAnotherComes() {
    // Given
    Map<String, String> users = users(3);
    List<String> before = purposes(users);
    // When
    users.put("aaron", "planted-password-aaron");
    // Then
    assertThat(purposes(users)).hasSize(4).containsAll(before);
  }

  @Test
  void aSecretGoesToTheVaultAndItsReferenceToThePolicy() {
    // When
    ResolvedAccess access =
        read(scene(LOGIN).secret("login", "3", Map.of("secret", " planted-client-secret\n")));
    // Then
    assertThat(access.vaultEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.purpose()).isEqualTo("oauth-client-secret");
              assertThat(entry.version()).isEqualTo("uid-login/3");
              assertThat(entry.value().reveal()).isEqualTo("planted-client-secret");
            });
    assertThat(access.policy().login().orElseThrow().action().config())
        .containsEntry("client_id", "fake-id")
        .containsEntry(
            "client_secret", "${secrets.get('clinicnet_i', 'clinics/web/oauth_client_secret')}");
    assertThat(access.toString()).doesNotContain("planted-client-secret");
  }

  @Test
  void whatAManifestNamesIsListed() {
    assertThat(
            named(
                """
                mutualTLS:
                  caBundles:
                  - configMapKeyRef: {name: cas, key: a}
                  - secretKeyRef: {name: more-cas, key: a}
                oauth: {provider: google, clientID: a, clientSecretRef: {name: login, key: a}}
                """))
        .containsExactlyInAnyOrder(
            "ConfigMap/clinics/cas", "Secret/clinics/more-cas", "Secret/clinics/login");
    assertThat(named(USERS)).containsExactly("Secret/clinics/users");
    assertThat(
            named(
                "oidc: {issuerURL: 'https://a.example.com', clientID: a, clientSecretRef:"
                    + " {name: id, key: a}}"))
        .containsExactly("Secret/clinics/id");
  }

  private static List<String> named(String access) {
    return References.of(service("web").access(access).build()).stream()
        .map(Reference::key)
        .toList();
  }

  private static List<String> purposes(Map<String, String> users) {
    return read(scene(USERS).secret("users", "1", users)).vaultEntries().stream()
        .map(VaultEntry::purpose)
        .toList();
  }

  private static Map<String, String> users(int count) {
    Map<String, String> users = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      users.put("user" + i, "planted-password-" + i);
    }
    return users;
  }

  private static ServiceScene scene(String access) {
    return ServiceScene.of(service("web").https("web.api.com").access(access).build());
  }

  private static ResolvedAccess read(ServiceScene scene) {
    ServiceObservation o = scene.observe();
    return new ResolvedAccess.Reader(o.references(), o.owner(), o.settings().instance(), o.now())
        .read(o.service().getSpec().access());
  }

  private static String refusal(ServiceScene scene, Reason reason) {
    ReferenceProblem refused = catchThrowableOfType(ReferenceProblem.class, () -> read(scene));
    Verdict verdict = refused.verdict();
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.message()).isEqualTo(refused.getMessage());
    assertThat(refused.getMessage()).doesNotContain(VALUE).doesNotContain("MII").endsWith(".");
    return refused.getMessage();
  }
}
