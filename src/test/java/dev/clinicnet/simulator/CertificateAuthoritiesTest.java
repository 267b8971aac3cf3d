package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import dev.clinicnet.simulator.TestAuthority.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAuthoritiesTest extends SimulatorTest {
  private static final String CA =
      """
      -----BEGIN CERTIFICATE-----
      MIIBfzCCASWgAwIBAgIUG8huT821OXzhTOhBbhQdj/r1n5YwCgYIKoZIzj0EAwIw
      FDESMBAGA1UEAwwJQ2xpbmljIENBMCAXDTI2MTEyMzIyNDAxM1oYDzIxMjYxMDMw
      MjI0MDEzWjAUMRIwEAYDVQQDDAlDbGluaWMgQ0EwWTATBgcqhkjOPQIBBggqhkjO
      PQMBBwNCAATEK1Z5rQnW0cmhFrOLUWVmD/uk+ox1cVBOP8t6XfknJXurTjDDzAKb
      wJRR9Uh90AC9vg7HlkyZKhPNN15AB1lpo1MwUTAdBgNVHQ4EFgQUK2TwR0lJs5wM
      LmmYDlQby5KL2vEwHwYDVR0jBBgwFoAUK2TwR0lJs5wMLmmYDlQby5KL2vEwDwYD
      VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA89WuWZCYhNIy9MBNPNdT
      ivs2dues0SAYlimNkaGk3/ACIEwi0LvWblggwkjv3ccjt8D/cNdgpRNLF1gg4SKF
      IuVt
      -----END CERTIFICATE-----
      """;
  private static final String LEAF =
      """
      -----BEGIN CERTIFICATE-----
      MIIBizCCATCgAwIBAgIUGRla+9xy5t9fCPsSfWOu/Yl2ZoQwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQbGVhZi5leGFtcGxlLmNvbTAgFw0yNjExMjMyMjQwMTNaGA8y
      MTI2MTAzMDIyNDAxM1owGzEZMBcGA1UEAwwQbGVhZi5leGFtcGxlLmNvbTBZMBMG
      ByqGSM49AgEGCCqGSM49AwEHA0IABE4xu0vpy1FqCOtl4OIk4ga2sgEV+FqcPL2O
      WKpmTyU+9u0kpyxKFovvoqJSjc1kz3/YMSrC8YaTD/g+fIExTGmjUDBOMB0GA1Ud
      DgQWBBQhSIgJPQeRoyXGQ0bbwag5tMClZDAfBgNVHSMEGDAWgBQhSIgJPQeRoyXG
      Q0bbwag5tMClZDAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDdzbxg
      g3lbIDWP8sE3sv4TeP4YrQ12du6ItMCoPij4fgIhAKLFSYL0MBwvFqw+pc3LjY4/
      uYg+hdwWvRjtRXBgU1ft
      -----END CERTIFICATE-----
      """;

  @Test
  void tellWhatIsInTheCertificate() {
    Answer ca = created("/certificate_authorities", "ca_pem", CA, "description", "d");
    assertThat(ca.id()).startsWith("ca_");
    assertThat(ca.text("subject_common_name")).isEqualTo("Clinic CA");
    assertThat(ca.text("not_after")).endsWith("Z");
    assertThat(ca.text("ca_pem")).isEqualTo(CA);
    assertThat(ca.body().get("key_usages")).isEmpty();
    assertThat(ca.body().get("extended_key_usages")).isEmpty();
    String path = "/certificate_authorities/" + ca.id();
    assertThat(client.patch(path, "{\"description\":\"\"}").body().has("description")).isFalse();
    assertThat(client.delete(path).status()).isEqualTo(204);
  }

  @Test
  void areOneCertificateThatMaySign() {
    String path = "/certificate_authorities";
    assertThat(refusal(path, "ca_pem", CA + LEAF)).isEqualTo("ERR_NGROK_1912");
    assertThat(refusal(path, "ca_pem", LEAF)).isEqualTo("ERR_NGROK_1913");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ERR_NGROK_1919",
    "text, ERR_NGROK_1920",
    "-----BEGIN PRIVATE KEY-----, ERR_NGROK_1911",
    "-----BEGIN CERTIFICATE-----, ERR_NGROK_1900",
  })
  void refusesWhatIsNoCertificate(String pem, String code) {
    assertThat(refusal("/certificate_authorities", "ca_pem", pem)).isEqualTo(code);
  }

  @Test
  void uploadedCertificatesNeverShowTheirKey() {
    String path = "/tls_certificates";
    Identity server = new TestAuthority("Root").issue("a.example.com");
    Answer certificate =
        created(
            path, "certificate_pem", server.certificatePEM(), "private_key_pem", server.keyPEM());
    assertThat(certificate.text("subject_common_name")).isEqualTo("a.example.com");
    String line = server.keyPEM().lines().toList().get(1);
    assertThat(client.get("/_simulator/state").body().toString()).doesNotContain(line);
    assertThat(refusal(path, "certificate_pem", "text")).isEqualTo("ERR_NGROK_1922");
    assertThat(refusal(path, "certificate_pem", "-----BEGIN CERTIFICATE-----"))
        .isEqualTo("ERR_NGROK_1900");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, '', ERR_NGROK_1901",
    "rsa.crt, text, ERR_NGROK_1901",
    "rsa.crt, rsa.encrypted-pkcs1.key, ERR_NGROK_1902",
    "rsa.crt, rsa.encrypted-pkcs8.key, ERR_NGROK_1902",
    "rsa.crt, -----BEGIN PRIVATE KEY-----, ERR_NGROK_1903",
    "rsa.crt, ec.pkcs8.key, ERR_NGROK_1923",
    "ec.crt, other-ec.pkcs8.key, ERR_NGROK_1923",
    "rsa.crt, rsa.crt, ERR_NGROK_1924",
    "rsa.pkcs8.key, rsa.pkcs8.key, ERR_NGROK_1925"
  })
  void aCertificateComesWithItsOwnOpenKey(String certificate, String key, String code) {
    assertThat(
            refusal(
                "/tls_certificates",
                "certificate_pem",
                text(certificate),
                "private_key_pem",
                text(key)))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.pkcs1.key",
    "rsa.crt, rsa.pkcs8.key",
    "ec.crt, ec.sec1.key",
    "ec.crt, ec.pkcs8.key",
    "ed25519.crt, ed25519.pkcs8.key"
  })
  void everyDocumentedFormOfAKeyIsRead(String certificate, String key) {
    created(
        "/tls_certificates", "certificate_pem", text(certificate), "private_key_pem", text(key));
  }

  @Test
  void eachCertificateOfABundleIsSignedByTheNext() {
    TestAuthority root = new TestAuthority("Root");
    Identity server = root.issue("a.example.com");
    String key = server.keyPEM();
    String path = "/tls_certificates";
    created(
        path,
        "certificate_pem",
        server.certificatePEM() + TestAuthority.pem(root.certificate()),
        "private_key_pem",
        key);
    assertThat(
            refusal(path, "certificate_pem", server.certificatePEM() + CA, "private_key_pem", key))
        .isEqualTo("ERR_NGROK_1926");
  }

  @Test
  void textsHaveLimits() {
    String certificate = Fixtures.read("rsa.crt");
    String key = Fixtures.read("rsa.pkcs8.key");
    String longText = "x".repeat(256);
    String longMark = "x".repeat(4097);
    String ca = created("/certificate_authorities", "ca_pem", CA).id();
    String tls =
        created("/tls_certificates", "certificate_pem", certificate, "private_key_pem", key).id();
    assertThat(refusal("/certificate_authorities", "ca_pem", CA, "description", longText))
        .isEqualTo("ERR_NGROK_1914");
    assertThat(patchRefusal("/certificate_authorities/" + ca, "metadata", longMark))
        .isEqualTo("ERR_NGROK_1915");
    assertThat(patchRefusal("/tls_certificates/" + tls, "description", longText))
        .isEqualTo("ERR_NGROK_1916");
    assertThat(patchRefusal("/tls_certificates/" + tls, "metadata", longMark))
        .isEqualTo("ERR_NGROK_1917");
  }

  /** The content of a file of this name, or the text itself. */
  private static String text(String name) {
    return name.endsWith(".crt") || name.endsWith(".key") ? Fixtures.read(name) : name;
  }
}
