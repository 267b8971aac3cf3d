package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import okhttp3.TlsVersion;
import org.junit.jupiter.api.Test;

class CiphersTest {
  private final List<CipherSuite> offered = Ciphers.connections().get(0).cipherSuites();

  @Test
  void chaCha20ComesFirst() {
    assertThat(offered)
        .extracting(CipherSuite::javaName)
        .startsWith("TLS_CHACHA20_POLY1305_SHA256")
        .filteredOn(name -> name.contains("CHACHA20"))
        .isEqualTo(offered.stream().limit(3).map(CipherSuite::javaName).toList());
  }

  @Test
  void nothingIsMissingAndNothingIsWeaker() {
    assertThat(offered)
        .containsExactlyInAnyOrderElementsOf(ConnectionSpec.MODERN_TLS.cipherSuites());
    assertThat(Ciphers.connections().get(0).tlsVersions())
        .isEqualTo(ConnectionSpec.MODERN_TLS.tlsVersions());
  }

  @Test
  void somebodyMayChooseTheVersions() {
    ConnectionSpec chosen = Ciphers.connections(List.of("TLSv1.3")).get(0);

    assertThat(chosen.tlsVersions()).containsExactly(TlsVersion.TLS_1_3);
    assertThat(chosen.cipherSuites()).isEqualTo(offered);
  }
}
