package dev.clinicnet.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientIdentitiesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration VALIDITY = Duration.ofDays(90);

  private final ClientIdentities identities = new ClientIdentities(new SecureRandom());

  @Test
  void theAuthorityHasSignedTheClientAndMaySignNothingBelowIt() throws Exception {
    ClientIdentity identity = issue();
    X509Certificate authority = identity.authority().first();
    X509Certificate client = identity.certificate().first();

    PKIXParameters trusting = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    trusting.setRevocationEnabled(false);
    trusting.setDate(Date.from(NOW.plus(Duration.ofDays(89))));
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(client));
    assertThatCode(() -> CertPathValidator.getInstance("PKIX").validate(path, trusting))
        .doesNotThrowAnyException();
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(client.getBasicConstraints()).isNegative();
    assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=someone");
    for (PublicKey key : List.of(authority.getPublicKey(), client.getPublicKey())) {
      assertThat(((ECPublicKey) key).getParams().getOrder().bitLength()).isEqualTo(256);
    }
  }

  @Test
  void isValidFromALittleBeforeUntilItsEnd() {
    ClientIdentity identity = issue();

    assertThat(identity.expiry()).isEqualTo(NOW.plus(VALIDITY));
    assertThat(ClientIdentities.issuedAt(identity)).isEqualTo(NOW);
    identity.authority().requireCAs().requireValidAt(NOW).requireValidAt(NOW.plus(VALIDITY));
    identity.certificate().requireValidAt(NOW.minus(Duration.ofMinutes(50)));
    assertThatThrownBy(
            () -> identity.certificate().requireValidAt(identity.expiry().plusSeconds(1)))
        .isInstanceOf(CertificateProblem.class);
  }

  @Test
  void everyAuthorityIsAnother() {
    ClientIdentity one = issue();
    ClientIdentity other = issue();

    assertThat(one.authority().first().getSubjectX500Principal())
        .isNotEqualTo(other.authority().first().getSubjectX500Principal());
    assertThatThrownBy(
            () -> one.certificate().first().verify(other.authority().first().getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void readsBackWhatWasStoredFromAmongSeveralAuthorities() {
    ClientIdentity one = issue();
    ClientIdentity other = issue();
    CertificateBundle both =
        CertificateBundle.parse(other.authority().pem() + one.authority().pem());

    assertThat(ClientIdentity.of(both, one.certificate().pem(), one.privateKey().reveal()))
        .isEqualTo(one);
    // The key is that of the certificate.
    ServerCertificate.of(one.certificate(), one.privateKey().reveal());
    assertThatThrownBy(
            () ->
                ClientIdentity.of(
                    other.authority(), one.certificate().pem(), one.privateKey().reveal()))
        .isInstanceOf(CertificateProblem.class)
        .hasMessageContaining("is signed by none of the authorities");
    assertThat(one.toString()).doesNotContain("PRIVATE").contains("***");
  }

  private ClientIdentity issue() {
    return identities.issue("someone", NOW, VALIDITY);
  }
}
