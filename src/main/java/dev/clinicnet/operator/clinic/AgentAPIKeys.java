package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the operator shows to the agent's API. A new certificate is taken into use only when the
 * endpoint admits its authority, so that at any moment the present one is admitted.
 *
 * @param authorities whom the endpoint is to admit, newest first
 * @param client what the operator shows at present
 * @param next what it will show; empty unless one is on its way
 * @param password what the agent asks for
 */
record AgentAPIKeys(
    CertificateBundle authorities,
    ClientIdentity client,
    Optional<ClientIdentity> next,
    AgentPassword password) {

  /** For how long a certificate is made; it is renewed with a third of that left. */
  static final Duration VALIDITY = Duration.ofDays(90);

  private static final int PART_LEFT = 3;

  static final String AUTHORITIES = "ca.crt";
  static final String CERTIFICATE = "client.crt";
  static final String PRIVATE_KEY = "client.key";
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String NEXT_PRIVATE_KEY = "next.key";
  static final String PASSWORD = "password";

  /** Where there are none yet. */
  static AgentAPIKeys first(ClientIdentity client, AgentPassword password) {
    return new AgentAPIKeys(client.authority(), client, Optional.empty(), password);
  }

  /** Reads them from where they are kept; empty when something is missing or damaged. */
  static Optional<AgentAPIKeys> read(Function<String, Optional<String>> texts) {
    try {
      CertificateBundle authorities =
          CertificateBundle.parse(texts.apply(AUTHORITIES).orElse("")).requireCAs();
      return Optional.of(
          new AgentAPIKeys(
              authorities,
              ClientIdentity.of(
                  authorities,
                  texts.apply(CERTIFICATE).orElse(""),
                  texts.apply(PRIVATE_KEY).orElse("")),
              texts
                  .apply(NEXT_CERTIFICATE)
                  .map(
                      next ->
                          ClientIdentity.of(
                              authorities, next, texts.apply(NEXT_PRIVATE_KEY).orElse(""))),
              new AgentPassword(texts.apply(PASSWORD).orElse(null))));
    } catch (IllegalArgumentException e) {
      // Without a word of it: its message may quote what should be secret.
      return Optional.empty();
    }
  }

  /** How they are kept. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(AUTHORITIES, authorities.pem());
    texts.put(CERTIFICATE, client.certificate().pem());
    texts.put(PRIVATE_KEY, client.privateKey().reveal());
    next.ifPresent(
        coming -> {
          texts.put(NEXT_CERTIFICATE, coming.certificate().pem());
          texts.put(NEXT_PRIVATE_KEY, coming.privateKey().reveal());
        });
    texts.put(PASSWORD, password.reveal());
    return texts;
  }

  /**
   * As they are to be now; the same when nothing is due.
   *
   * @param admitted whether the endpoint admits all these authorities
   * @param identities makes new ones
   */
  AgentAPIKeys at(Instant now, boolean admitted, Supplier<ClientIdentity> identities) {
    if (haveExpired(now)) {
      return first(identities.get(), password);
    }
    if (next.isPresent() && admitted) {
      return new AgentAPIKeys(authorities, next.get(), Optional.empty(), password).unexpired(now);
    }
    if (isRenewalDue(now)) {
      ClientIdentity coming = identities.get();
      List<X509Certificate> all = new ArrayList<>(coming.authority().certificates());
      all.addAll(authorities.certificates());
      return new AgentAPIKeys(new CertificateBundle(all), client, Optional.of(coming), password)
          .unexpired(now);
    }
    return unexpired(now);
  }

  /**
   * Whether nothing is due.
   *
   * @param admitted whether the endpoint admits all these authorities
   */
  boolean areCurrent(Instant now, boolean admitted) {
    return !haveExpired(now)
        && !(next.isPresent() && admitted)
        && !isRenewalDue(now)
        && unexpired(now).equals(this);
  }

  private boolean haveExpired(Instant now) {
    return next.isEmpty() && !now.isBefore(client.expiry());
  }

  private boolean isRenewalDue(Instant now) {
    return next.isEmpty() && !now.isBefore(renewal());
  }

  /** When the present certificate was made, which the password is at least as old as. */
  Instant issuedAt() {
    return ClientIdentities.issuedAt(client);
  }

  /** When something is due though nothing happens. */
  Optional<Instant> due() {
    Stream<Instant> expiries =
        authorities.certificates().stream()
            .filter(authority -> !isInUse(authority))
            .map(AgentAPIKeys::expiry);
    return Stream.concat(next.isEmpty() ? Stream.of(renewal()) : Stream.empty(), expiries)
        .min(Comparator.naturalOrder());
  }

  private Instant renewal() {
    Instant begun = client.certificate().first().getNotBefore().toInstant();
    Duration validity = Duration.between(begun, client.expiry());
    return client.expiry().minus(validity.dividedBy(PART_LEFT));
  }

  private AgentAPIKeys unexpired(Instant now) {
    List<X509Certificate> kept =
        authorities.certificates().stream()
            .filter(authority -> isInUse(authority) || now.isBefore(expiry(authority)))
            .toList();
    return kept.size() == authorities.certificates().size()
        ? this
        : new AgentAPIKeys(new CertificateBundle(kept), client, next, password);
  }

  private boolean isInUse(X509Certificate authority) {
    return client.authority().first().equals(authority)
        || next.filter(coming -> coming.authority().first().equals(authority)).isPresent();
  }

  private static Instant expiry(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }
}
