package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.agent.ParsedConfig.ParsedTermination;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.certificate.ServerCertificate;
import dev.clinicnet.operator.ngrok.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class TLSTerminationTest {
  private static final String CERTIFICATE = Fixtures.read("rsa.crt");
  private static final String KEY = Fixtures.read("rsa.pkcs8.key");
  private static final CertificateBundle CA = CertificateBundle.parse(Fixtures.read("ca.crt"));

  @Test
  void theFileHoldsTheCertificatesAndTheKeyInline() {
    String file = AgentFile.text(config(termination(KEY, CA)));

    ParsedTermination parsed = AgentConfigReader.read(file).endpoints().get(0).termination();
    assertThat(parsed.serverCertificate()).isEqualTo(CERTIFICATE);
    assertThat(parsed.serverPrivateKey().reveal()).isEqualTo(KEY);
    assertThat(parsed.clientCAs()).containsExactly(CA.pem());
    assertThat(file).contains("# db (TLS ends here): this machine must reach tcp://10.0.0.2:5432");
  }

  @Test
  void withoutClientCAsNoClientNeedsACertificate() {
    String file = AgentFile.text(config(termination(KEY, null)));

    assertThat(file).doesNotContain("mutual_tls_certificate_authorities");
    assertThat(AgentConfigReader.read(file).endpoints().get(0).termination().clientCAs()).isEmpty();
  }

  @Test
  void theHashChangesWithTheCertificatesAndDoesNotHoldTheKey() {
    String hash = config(termination(KEY, CA)).configHash();

    assertThat(config(termination(Fixtures.read("rsa.pkcs1.key"), CA)).configHash())
        .isEqualTo(hash);
    assertThat(config(termination(KEY, null)).configHash()).isNotEqualTo(hash);
    assertThat(config(null).configHash()).isNotEqualTo(hash);
    TLSTermination other =
        new TLSTermination(
            ServerCertificate.of(
                CertificateBundle.parse(Fixtures.read("ec.crt")), Fixtures.read("ec.pkcs8.key")),
            CA);
    assertThat(config(other).configHash()).isNotEqualTo(hash);
    assertThat(ConfigTree.withoutSecret(config(termination(KEY, CA))).canonicalText())
        .doesNotContain("PRIVATE");
  }

  @Test
  void theKeyIsNotPrinted() {
    AgentConfig config = config(termination(KEY, CA));

    assertThat(config.toString()).doesNotContain("PRIVATE");
    assertThat(AgentConfigReader.read(AgentFile.text(config)).toString()).doesNotContain("PRIVATE");
  }

  @Test
  void onlyTlsEndpointsHaveIt() {
    TLSTermination termination = termination(KEY, null);

    assertThatThrownBy(
            () ->
                new AgentEndpoint(
                    "db", "tcp://db.c.internal:1", "tcp://h:1", null, null, termination))
        .hasMessageContaining("tls endpoints only");
  }

  private static TLSTermination termination(String key, CertificateBundle clientCAs) {
    return new TLSTermination(
        ServerCertificate.of(CertificateBundle.parse(CERTIFICATE), key), clientCAs);
  }

  private static AgentConfig config(TLSTermination termination) {
    return new AgentConfig(
        "n/c",
        null,
        "i",
        "c.internal",
        new Token("t"),
        null,
        SiteNetwork.OPEN,
        false,
        List.of(
            new AgentEndpoint(
                "db", "tls://db.c.internal", "tcp://10.0.0.2:5432", null, null, termination)),
        null);
  }
}
