package dev.clinicnet.operator.traffic;

import dev.clinicnet.simulator.TestAuthority;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The result of a handshake for a client's certificate at a moment. */
record PlayedHandshake(Shown shown, Instant now) {

  List<X509Certificate> chain() {
    return shown.identity().map(TestAuthority.Identity::certificate).stream().toList();
  }

  /** Whether one of the authorities has signed it, and it is valid. */
  boolean verifiedBy(List<X509Certificate> authorities) {
    if (chain().isEmpty() || authorities.isEmpty()) {
      return false;
    }
    Set<TrustAnchor> anchors =
        authorities.stream().map(ca -> new TrustAnchor(ca, null)).collect(Collectors.toSet());
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain()), parameters);
      return true;
    } catch (CertPathValidatorException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether it is let in where these are required, or none where that list is empty. */
  boolean passes(List<X509Certificate> authorities) {
    return authorities.isEmpty() || verifiedBy(authorities);
  }
}
