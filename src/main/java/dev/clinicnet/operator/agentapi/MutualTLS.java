package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ClientIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * TLS in which both sides show a certificate.
 *
 * @param trust decides on the server's certificate
 */
record MutualTLS(SSLSocketFactory sockets, X509TrustManager trust) {
  private static final char[] NO_PASSWORD = {};

  /**
   * The TLS settings of a client.
   *
   * @param authorities the authorities in PEM that may sign the server's certificate; empty: the
   *     public ones
   */
  static MutualTLS of(ClientIdentity identity, Optional<String> authorities) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(identity), NO_PASSWORD);
      X509TrustManager trust = trust(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new X509TrustManager[] {trust}, null);
      return new MutualTLS(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // The cause is left out, because it may quote the key.
      throw new AgentApiException(
          AgentApiFailure.REFUSED,
          "the client certificate in the Secret for the agent's API cannot be used: delete that"
              + " Secret, and the operator makes a new one");
    }
  }

  private static KeyStore keyStore(ClientIdentity identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate certificate = identity.certificate().first();
    store.setKeyEntry("client", privateKey(identity), NO_PASSWORD, new Certificate[] {certificate});
    return store;
  }

  private static PrivateKey privateKey(ClientIdentity identity) throws GeneralSecurityException {
    String base64 =
        identity.privateKey().reveal().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance(identity.certificate().first().getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static X509TrustManager trust(Optional<String> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (authorities.isPresent()) {
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : CertificateBundle.parse(authorities.get()).certificates()) {
        store.setCertificateEntry("authority" + number++, authority);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return Arrays.stream(trust.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
