package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.TLSSettings.Verification;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Verifies the certificates that clients show in one handshake. */
final class ClientVerification extends X509ExtendedTrustManager {
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final List<X509Certificate> authorities;
  private final Verification verification;
  private final Instant now;

  ClientVerification(List<X509Certificate> authorities, Verification verification, Instant now) {
    this.authorities = authorities;
    this.verification = verification;
    this.now = now;
  }

  /** Whether a chain, the client's certificate first, ends at one of the authorities. */
  boolean trusts(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return false;
    }
    try {
      verify(chain);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private void verify(List<X509Certificate> chain) throws CertificateException {
    X509Certificate client = chain.get(0);
    List<String> purposes = client.getExtendedKeyUsage();
    if (purposes != null
        && !purposes.contains(CLIENT_AUTHENTICATION)
        && !purposes.contains(ANY_PURPOSE)) {
      throw new CertificateException("a certificate that is not for clients");
    }
    Set<TrustAnchor> anchors =
        authorities.stream()
            .filter(this::isValid)
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    if (anchors.isEmpty()) {
      throw new CertificateException("no authority is valid");
    }
    try {
      X509CertSelector selector = new X509CertSelector();
      selector.setCertificate(client);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, selector);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("a certificate that no authority has signed", e);
    }
  }

  private boolean isValid(X509Certificate authority) {
    try {
      authority.checkValidity(Date.from(now));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (verification == Verification.REQUIRE_AND_VERIFY) {
      verify(Arrays.asList(chain));
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  /**
   * The authorities to name to clients, if only their certificates are accepted. If any certificate
   * is accepted, none are named.
   */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return verification == Verification.REQUIRE_AND_VERIFY
        ? authorities.toArray(X509Certificate[]::new)
        : new X509Certificate[0];
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only clients are judged here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }
}
