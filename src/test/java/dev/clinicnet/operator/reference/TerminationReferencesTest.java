package dev.clinicnet.operator.reference;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.AgentTermination;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.api.v1alpha1.SecretRef;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TerminationReferencesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2045-01-01T00:00:00Z");
  private static final String CERTIFICATE = Fixtures.read("rsa.crt");
  private static final String KEY = Fixtures.read("rsa.pkcs8.key");
  private static final String CA = Fixtures.read("ca.crt");
  private static final String FIELD = "spec.expose.tls.agentTermination.";

  private final MemoryCluster cluster = new MemoryCluster();

  @Test
  void aServiceThatRefersToNothingNeedsNothing() {
    ClinicService passing = service("db").tls("db.api.com").build();

    assertThat(TerminationReferences.resolve(passing, cluster, NOW)).isEqualTo(Resolved.nothing());
    assertThat(References.of(passing)).isEmpty();
    assertThat(References.of(service("internal").build())).isEmpty();
  }

  @Test
  void findsTheCertificateAndTheAuthoritiesWhereverTheyAre() {
    cluster
        .addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", KEY)
        .addConfigMap("ca", "ca.crt", CA)
        .addSecret("ca", "ca.crt", CA);

    for (KeySource source : new KeySource[] {inConfigMap("ca.crt"), inSecret("ca.crt")}) {
      Resolved<TLSTermination> found = resolve(source, NOW);
      assertThat(found.problem()).isEmpty();
      assertThat(found.value().orElseThrow().server().chain().pem()).isEqualTo(CERTIFICATE);
      assertThat(found.value().orElseThrow().clientCAs().pem()).isEqualTo(CA);
      assertThat(found.recheckAt()).contains(END);
    }
    assertThat(resolve(null, NOW).value().orElseThrow().clientCAs()).isNull();
  }

  @Test
  void aServiceIsFoundByWhatItRefersTo() {
    assertThat(References.keys(terminated(inConfigMap("ca.crt"))))
        .containsExactly("Secret/clinics/cert", "ConfigMap/clinics/ca");
    assertThat(References.keys(terminated(inSecret("ca.crt"))))
        .containsExactly("Secret/clinics/cert", "Secret/clinics/ca");
  }

  @Test
  void whatIsNotThereIsNamedWithTheLabelThatItNeeds() {
    Verdict problem = problem(null, NOW);

    assertThat(problem.reason()).isEqualTo(Reason.ReferenceNotFound);
    assertThat(problem.message())
        .startsWith(FIELD + "certificateSecretRef: there is no Secret cert with the label")
        .contains(
            "clinicnet.dev/referenced: \"true\"",
            "create it",
            "Until then the site kit keeps the certificate that it has");

    cluster.addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", KEY);
    assertThat(problem(inConfigMap("ca.crt"), NOW).message())
        .startsWith(FIELD + "clientCARef.configMapKeyRef: there is no ConfigMap ca with");
    assertThat(problem(inSecret("ca.crt"), NOW).message())
        .startsWith(FIELD + "clientCARef.secretKeyRef: there is no Secret ca with");
  }

  @Test
  void aKeyThatIsMissingIsNamed() {
    cluster.addSecret("cert", "tls.crt", CERTIFICATE).addConfigMap("ca", "other", CA);
    assertInvalid(null, FIELD + "certificateSecretRef: Secret cert has no key tls.key");

    cluster.addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", KEY);
    assertInvalid(
        inConfigMap("ca.crt"), FIELD + "clientCARef.configMapKeyRef: ConfigMap ca has no key ca");
  }

  @Test
  void whatCannotBeUsedIsSaidWithoutItsValue() {
    cluster.addSecret("cert", "tls.crt", "hunter2", "tls.key", KEY);
    assertInvalid(null, "Secret cert, key tls.crt, is not PEM");

    cluster.addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", "hunter2");
    assertInvalid(null, "Secret cert, key tls.key, holds no private key");

    cluster.addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", Fixtures.read("ec.pkcs8.key"));
    assertInvalid(null, "Secret cert, key tls.key, is not the private key of the certificate");

    cluster
        .addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", KEY)
        .addConfigMap("ca", "k", CERTIFICATE);
    assertInvalid(inConfigMap("k"), "ConfigMap ca, key k, holds the certificate CN=fixture, which");
  }

  @Test
  void timeDecidesTooAndIsWaitedFor() {
    cluster.addSecret("cert", "tls.crt", CERTIFICATE, "tls.key", KEY);

    assertThat(problem(null, END.plusSeconds(1)).message()).contains("which expired at " + END);
    assertThat(resolve(null, END.plusSeconds(1)).recheckAt()).isEmpty();
    assertThat(problem(null, BEGIN.minusSeconds(1)).message())
        .contains("not valid before " + BEGIN);
    assertThat(resolve(null, BEGIN.minusSeconds(1)).recheckAt()).contains(BEGIN);
  }

  private void assertInvalid(KeySource clientCA, String words) {
    Verdict problem = problem(clientCA, NOW);
    assertThat(problem.reason()).isEqualTo(Reason.InvalidReference);
    assertThat(problem.message()).contains(words).doesNotContain("hunter2");
  }

  private Verdict problem(KeySource clientCA, Instant now) {
    return resolve(clientCA, now).problem().orElseThrow();
  }

  private Resolved<TLSTermination> resolve(KeySource clientCA, Instant now) {
    return TerminationReferences.resolve(terminated(clientCA), cluster, now);
  }

  private static ClinicService terminated(KeySource clientCA) {
    return service("db")
        .tls("db.api.com", new AgentTermination(new SecretRef("cert"), clientCA))
        .build();
  }

  private static KeySource inConfigMap(String key) {
    return new KeySource(new KeyRef("ca", key), null);
  }

  private static KeySource inSecret(String key) {
    return new KeySource(null, new KeyRef("ca", key));
  }
}
