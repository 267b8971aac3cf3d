package dev.clinicnet.operator.ngrok;

import java.util.Comparator;
import java.util.List;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;

/**
 * The order in which clients offer the ciphers of TLS. A server that accepts several, as the API
 * server of Kubernetes does, chooses the first one.
 *
 * <p>The first ones are those with ChaCha20. The image starts a JVM without its optimizing
 * compiler, to save memory, and only that compiler uses the processor's instructions for AES.
 * Without them, a byte in AES-GCM costs four times as much as in ChaCha20.
 */
public final class Ciphers {
  private static final ConnectionSpec MODERN =
      new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
          .cipherSuites(
              ConnectionSpec.MODERN_TLS.cipherSuites().stream()
                  .sorted(Comparator.comparing(suite -> !isChaCha20(suite)))
                  .toArray(CipherSuite[]::new))
          .build();

  private Ciphers() {}

  /** What a client may use: modern TLS, or plain HTTP for an address that says so. */
  static List<ConnectionSpec> connections() {
    return List.of(MODERN, ConnectionSpec.CLEARTEXT);
  }

  /**
   * The same for a client whose versions of TLS somebody has chosen.
   *
   * @param versions by the names that Java has for them
   */
  public static List<ConnectionSpec> connections(List<String> versions) {
    return List.of(
        new ConnectionSpec.Builder(MODERN).tlsVersions(versions.toArray(String[]::new)).build(),
        ConnectionSpec.CLEARTEXT);
  }

  private static boolean isChaCha20(CipherSuite suite) {
    return suite.javaName().contains("_CHACHA20_");
  }
}
