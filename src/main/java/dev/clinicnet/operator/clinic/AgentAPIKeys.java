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
 * The operator's credentials for the agent's API. A new certificate is used only when the endpoint
 * admits its authority, so that the present one is always admitted.
 *
 * @param authorities the authorities that the endpoint must admit, newest first
 * @param client the present identity of the operator
 * @param next the next identity; empty if none is prepared
 * @param password the password that the agent asks for
 */
record AgentAPIKeys(
    CertificateBundle authorities,
    ClientIdentity client,
    Optional<ClientIdentity> next,
    AgentPassword password) {

  /** The validity of a certificate. It is renewed when a third of that is left. */
  static final Duration VALIDITY = Duration.ofDays(90);

  private static final int PART_LEFT = 3;

  static final String AUTHORITIES = "ca.crt";
  static final String CERTIFICATE = "client.crt";
  static final String PRIVATE_KEY = "client.key";
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String NEXT_PRIVATE_KEY = "next.key";
  static final String PASSWORD = "password";

  /** The keys before there are any. */
  static AgentAPIKeys first(ClientIdentity client, AgentPassword password) {
    return new AgentAPIKeys(client.authority(), client, Optional.empty(), password);
  }

  /** Reads the stored keys; empty when something is missing or damaged. */
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
      // The cause is not reported, because its message may quote a secret.
      return Optional.empty();
    }
  }

  /** The stored form. */
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
   * The keys for now; the same when nothing is due.
   *
   * @param admitted whether the endpoint admits all these authorities
   * @param identities makes new identities
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

  /** The time at which the present certificate was made. The password is at least as old. */
  Instant issuedAt() {
    return ClientIdentities.issuedAt(client);
  }

  /** The time at which something is due if nothing happens before. */
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
