package dev.clinicnet.operator.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateBundleTest {
  private static final String CA = Fixtures.read("ca.crt");
  private static final String RSA = Fixtures.read("rsa.crt");

  @Test
  void readsCertificatesInTheirOrder() {
    CertificateBundle bundle = CertificateBundle.parse("# made by openssl\n" + RSA + "\n" + CA);

    assertThat(bundle.certificates())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=fixture", "CN=fixture CA");
    assertThat(bundle.first()).isEqualTo(bundle.certificates().get(0));
  }

  @Test
  void writesTheSameTextWhateverStoodAround() {
    String noisy = "subject=CN = fixture CA\r\n" + CA.replace("\n", "\r\n") + "\r\n";

    assertThat(CertificateBundle.parse(noisy).pem()).isEqualTo(CA);
    assertThat(CertificateBundle.parse(noisy).fingerprint())
        .isEqualTo(CertificateBundle.parse(CA).fingerprint())
        .isNotEqualTo(CertificateBundle.parse(RSA).fingerprint())
        .matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void refusesNothing(String text) {
    assertThatThrownBy(() -> CertificateBundle.parse(text))
        .isInstanceOf(CertificateProblem.class)
        .hasMessageContaining("is empty: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "-----BEGIN CERTIFICATE-----\nAAAA", "MIIB"})
  void refusesWhatIsNoPemWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> CertificateBundle.parse(text))
        .hasMessageContaining("is not PEM: ")
        .hasMessageNotContaining("AAAA")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesBrokenBase64WithoutQuotingIt() {
    assertThatThrownBy(
            () ->
                CertificateBundle.parse(
                    "-----BEGIN CERTIFICATE-----\nhun!er2\n-----END CERTIFICATE-----\n"))
        .hasMessageContaining("not base64")
        .hasMessageNotContaining("hun!er2")
        .hasNoCause();
  }

  @Test
  void refusesABlockThatIsNoCertificate() {
    String noise = Base64.getEncoder().encodeToString("hunter2".getBytes(UTF_8));

    assertThatThrownBy(
            () ->
                CertificateBundle.parse(
                    "-----BEGIN CERTIFICATE-----\n" + noise + "\n-----END CERTIFICATE-----\n"))
        .hasMessageContaining("not an X.509 certificate");
  }

  @Test
  void refusesAPrivateKeyAmongCertificates() {
    assertThatThrownBy(() -> CertificateBundle.parse(RSA + Fixtures.read("rsa.pkcs8.key")))
        .hasMessageContaining("holds a PRIVATE KEY where only certificates belong");
  }

  @Test
  void knowsWhenItExpires() {
    CertificateBundle both = CertificateBundle.parse(RSA + CA);
    Instant first = both.earliestExpiry();

    assertThat(both.requireValidAt(first)).isSameAs(both);
    assertThatThrownBy(() -> both.requireValidAt(first.plusSeconds(1)))
        .hasMessageContaining("CN=fixture, which expired at " + first + ": replace it");
    assertThatThrownBy(() -> both.requireValidAt(first.minus(Duration.ofDays(10_000))))
        .hasMessageContaining("which is not valid before");
  }

  @Test
  void tellsAuthoritiesFromOthers() {
    assertThat(CertificateBundle.parse(CA).requireCAs().certificates()).hasSize(1);
    assertThatThrownBy(() -> CertificateBundle.parse(CA + RSA).requireCAs())
        .hasMessageContaining("CN=fixture, which is not a CA");
  }
}
