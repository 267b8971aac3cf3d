package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedEndpoint;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.AgentTermination;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.SecretRef;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.certificate.ServerCertificate;
import dev.clinicnet.operator.ngrok.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The site kit of services whose agent ends TLS. */
class TerminationInSiteKitTest {
  private static final Token TOKEN = new Token("t");
  private static final TLSTermination RSA = termination("rsa.crt", "rsa.pkcs8.key");
  private static final TLSTermination EC = termination("ec.crt", "ec.pkcs8.key");
  private static final ClinicService TERMINATED =
      service("db").tls("db.api.com", new AgentTermination(new SecretRef("cert"), null)).build();

  @Test
  void passesTlsThroughWithoutACertificate() {
    ClinicScene scene = scene().service(service("db").tls("db.api.com").build());

    ParsedEndpoint endpoint = endpoints(scene).get(0);
    assertThat(endpoint.url()).isEqualTo("tls://db.clinic1.internal");
    assertThat(endpoint.termination()).isNull();
  }

  @Test
  void endsTlsWithTheCertificateOfTheManifest() {
    ClinicScene scene = scene().service(TERMINATED).termination("db", RSA);

    assertThat(endpoints(scene).get(0).termination().serverCertificate())
        .isEqualTo(Fixtures.read("rsa.crt"));
  }

  @Test
  void leavesAnEndpointOutThatNeverHadACertificate() {
    assertThat(endpoints(scene().service(TERMINATED))).isEmpty();
    assertThat(endpoints(scene().service(TERMINATED).secret("cr_1", null))).isEmpty();
  }

  @Test
  void keepsThePublishedCertificateWhileThatOfTheManifestCannotBeHad() {
    String published = files(scene().service(TERMINATED).termination("db", RSA));

    ClinicScene later = scene().service(TERMINATED).published("cr_1", published);

    assertThat(files(later)).isEqualTo(published);
    assertThat(files(later.termination("db", EC))).isNotEqualTo(published);
  }

  @Test
  void anEditedFileIsNoSource() {
    ClinicScene scene = scene().service(TERMINATED).published("cr_1", "endpoints: hunter2");

    assertThat(endpoints(scene)).isEmpty();
  }

  private static ClinicScene scene() {
    return ClinicScene.of(clinic("clinic1").shared("*.api.com").build()).user();
  }

  private static List<ParsedEndpoint> endpoints(ClinicScene scene) {
    return AgentConfigReader.read(files(scene)).endpoints();
  }

  private static String files(ClinicScene scene) {
    return SiteKitContent.of(scene.observe()).orElseThrow().files(TOKEN).get(SiteKitSecret.CONFIG);
  }

  private static TLSTermination termination(String certificate, String key) {
    return new TLSTermination(
        ServerCertificate.of(
            CertificateBundle.parse(Fixtures.read(certificate)), Fixtures.read(key)),
        null);
  }
}
