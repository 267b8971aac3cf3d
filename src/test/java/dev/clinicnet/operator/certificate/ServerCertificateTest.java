package dev.clinicnet.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
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

  /** The form in which some authorities deliver it, and which {@code cat} makes. */
  @ParameterizedTest
  @CsvSource({
    "ca.crt rsa.crt, rsa.pkcs8.key",
    "ca.crt staff-ca.crt ec.crt, ec.sec1.key",
    "rsa.crt ec.crt, ec.pkcs8.key"
  })
  void aChainWithTheRootFirstIsInTheWrongOrder(String chain, String key) {
    String pem = Stream.of(chain.split(" ", -1)).map(Fixtures::read).collect(Collectors.joining());

    assertThatThrownBy(() -> ServerCertificate.of(CertificateBundle.parse(pem), Fixtures.read(key)))
        .isInstanceOf(CertificateProblem.class)
        .hasMessage(
            "is the private key of the certificate CN=fixture, which is not the first of its chain:"
                + " store that one first, then the one that signed it, and so on up to the root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.encrypted-pkcs1.key", "rsa.encrypted-pkcs8.key"})
  void refusesAKeyWithAPassword(String key) {
    assertThatThrownBy(() -> server("rsa.crt", Fixtures.read(key)))
        .hasMessageContaining("is encrypted with a password");
  }

  /** The EC key inside PKCS#8 does not name the curve. The form around it does. */
  @Test
  void refusesAKeyWithoutItsCurve() throws IOException {
    Object parsed;
    try (var pem = new PEMParser(new StringReader(Fixtures.read("ec.pkcs8.key")))) {
      parsed = pem.readObject();
    }
    byte[] inner = ((PrivateKeyInfo) parsed).parsePrivateKey().toASN1Primitive().getEncoded();
    String key =
        "-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----\n"
            .formatted(Base64.getEncoder().encodeToString(inner));

    assertThatThrownBy(() -> server("ec.crt", key)).hasMessageContaining("does not name its curve");
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
