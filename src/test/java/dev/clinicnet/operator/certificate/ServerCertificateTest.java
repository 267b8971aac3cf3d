package dev.clinicnet.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.pkcs8.key",
    "rsa.crt, rsa.pkcs1.key",
    "ec.crt, ec.pkcs8.key",
    "ec.crt, ec.sec1.key",
    "ed25519.crt, ed25519.pkcs8.key"
  })
  void takesAKeyThatBelongsToTheCertificate(String certificate, String key) {
    ServerCertificate server = server(certificate, Fixtures.read(key));

    assertThat(Fixtures.read(key)).endsWith(server.privateKey().reveal());
    assertThat(server.toString()).doesNotContain("PRIVATE").contains("***");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, ec.pkcs8.key",
    "rsa.crt, ec.sec1.key",
    "ec.crt, rsa.pkcs1.key",
    "ec.crt, other-ec.pkcs8.key",
    "ed25519.crt, ec.pkcs8.key"
  })
  void refusesTheKeyOfAnother(String certificate, String key) {
    assertThatThrownBy(() -> server(certificate, Fixtures.read(key)))
        .isInstanceOf(CertificateProblem.class)
        .hasMessageContaining("is not the private key of the certificate")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.encrypted-pkcs1.key", "rsa.encrypted-pkcs8.key"})
  void refusesAKeyWithAPassword(String key) {
    assertThatThrownBy(() -> server("rsa.crt", Fixtures.read(key)))
        .hasMessageContaining("is encrypted with a password");
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatThrownBy(() -> server("rsa.crt", " ")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> server("rsa.crt", "hunter2"))
        .hasMessageContaining("holds no private key")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> server("rsa.crt", Fixtures.read("rsa.crt")))
        .hasMessageContaining("holds no private key");
    String key = Fixtures.read("rsa.pkcs8.key");
    assertThatThrownBy(() -> server("rsa.crt", key + key)).hasMessageContaining("several");
    assertThatThrownBy(() -> server("rsa.crt", key.replace("PRIVATE", "DSA PRIVATE")))
        .hasMessageContaining("unknown kind");
  }

  private static ServerCertificate server(String certificate, String key) {
    return ServerCertificate.of(CertificateBundle.parse(Fixtures.read(certificate)), key);
  }
}
