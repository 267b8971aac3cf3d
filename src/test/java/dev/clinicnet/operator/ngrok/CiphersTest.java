package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import org.junit.jupiter.api.Test;

class CiphersTest {
  private final List<CipherSuite> offered = Ciphers.CONNECTIONS.get(0).cipherSuites();

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
    assertThat(Ciphers.CONNECTIONS.get(0).tlsVersions())
        .isEqualTo(ConnectionSpec.MODERN_TLS.tlsVersions());
  }
}
