package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.JWT;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.api.v1alpha1.MutualTLS;
import dev.clinicnet.operator.api.v1alpha1.RateLimit;
import dev.clinicnet.operator.api.v1alpha1.RateLimitKey;
import dev.clinicnet.operator.traffic.Credential.Password;
import dev.clinicnet.operator.traffic.Credential.Token;
import dev.clinicnet.operator.traffic.Credential.User;
import dev.clinicnet.simulator.traffic.TrafficAccount.AddressRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The promise of a manifest for each request, by the documented meaning of its fields ({@code
 * docs/access.md}). It does not use policies. It remembers rates, so it must be asked about all
 * requests of a scenario in their order.
 */
final class AccessOracle {
  private final ClinicServiceSpec spec;
  private final Access access;
  private final Map<String, List<Long>> admitted = new HashMap<>();

  AccessOracle(ClinicServiceSpec spec) {
    this.spec = spec;
    access = spec.access();
  }

  /** The possible outcomes of an attempt. There are several if the manifest leaves it open. */
  Set<Outcome> outcomes(Attempt attempt) {
    if (!admitsAddress(attempt.from())) {
      return Set.of(Outcome.CLOSED);
    }
    if (!admitsCertificate(attempt.certificate())) {
      return Set.of(Outcome.CERTIFICATE_REFUSED);
    }
    if (spec.expose().https() == null) {
      return Set.of(Outcome.CONNECTED);
    }
    if (!admitsRate(attempt)) {
      return Set.of(Outcome.TOO_MANY);
    }
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    Reading path = PathReadings.below(spec.expose().https().paths(), attempt.rawPath());
    if (path != Reading.PASSES) {
      outcomes.add(Outcome.FORBIDDEN);
    }
    if (path != Reading.FAILS) {
      outcomes.addAll(user(attempt));
    }
    return outcomes;
  }

  /** The outcome for somebody who dials the internal endpoint of an https service. */
  Outcome dialled() {
    return spec.locked() ? Outcome.FORBIDDEN : Outcome.OK;
  }

  private boolean admitsAddress(String address) {
    List<AddressRule> rules =
        access.ipPolicyIDs().stream()
            .flatMap(id -> Site.IP_POLICIES.getOrDefault(id, List.of()).stream())
            .toList();
    boolean denied =
        AddressFacts.holds(access.denyCIDRs(), address)
            || rules.stream()
                .anyMatch(rule -> !rule.allow() && AddressFacts.holds(rule.cidr(), address));
    boolean allowed =
        AddressFacts.holds(access.allowCIDRs(), address)
            || rules.stream()
                .anyMatch(rule -> rule.allow() && AddressFacts.holds(rule.cidr(), address));
    boolean anybody = access.allowCIDRs().isEmpty() && access.ipPolicyIDs().isEmpty();
    return !denied && (allowed || anybody);
  }

  private boolean admitsCertificate(Shown shown) {
    MutualTLS mutualTLS = access.mutualTLS();
    if (mutualTLS == null) {
      return true;
    }
    return switch (mutualTLS.verification()) {
      case RequireAndVerify ->
          shown.isCurrent()
              && shown
                  .signer()
                  .filter(
                      signer ->
                          mutualTLS.caBundles().stream()
                              .anyMatch(source -> authorities(source).contains(signer)))
                  .isPresent();
      case RequireAny -> shown != Shown.NONE;
      case Request -> true;
    };
  }

  private static List<String> authorities(KeySource source) {
    return Site.BUNDLES.get(
        (source.configMapKeyRef() == null ? source.secretKeyRef() : source.configMapKeyRef())
            .key());
  }

  /** A refused request is none that was let through, so it does not count. */
  private boolean admitsRate(Attempt attempt) {
    RateLimit limit = access.rateLimit();
    if (limit == null) {
      return true;
    }
    String key = limit.by() == RateLimitKey.ClientIP ? AddressFacts.canonical(attempt.from()) : "";
    List<Long> before = admitted.computeIfAbsent(key, k -> new ArrayList<>());
    long start = attempt.at() - window(limit.window());
    if (before.stream().filter(at -> at > start).count() >= limit.requests()) {
      return false;
    }
    before.add(attempt.at());
    return true;
  }

  private static long window(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT)).toSeconds();
  }

  private Set<Outcome> user(Attempt attempt) {
    Credential credential = attempt.credential();
    if (access.oauth() != null) {
      return user(
          credential,
          access.oauth().provider(),
          access.oauth().allowedEmailDomains(),
          access.oauth().allowedEmails());
    }
    if (access.oidc() != null) {
      return user(
          credential,
          access.oidc().issuerURL(),
          access.oidc().allowedEmailDomains(),
          access.oidc().allowedEmails());
    }
    boolean known =
        (access.jwt() == null
                || (credential instanceof Token token && admits(access.jwt(), token, attempt.at())))
            && (access.basicAuth() == null
                || (credential instanceof Password password
                    && password.password().equals(Site.USERS.get(password.user()))));
    return Set.of(known ? Outcome.OK : Outcome.UNAUTHORIZED);
  }

  /** How somebody without an e-mail address is refused is not said. */
  private static Set<Outcome> user(
      Credential credential, String provider, List<String> domains, List<String> emails) {
    if (!(credential instanceof User user) || !user.provider().equals(provider)) {
      return Set.of(Outcome.LOGIN);
    }
    int at = user.email().lastIndexOf('@');
    boolean admitted =
        (domains.isEmpty() && emails.isEmpty())
            || emails.contains(user.email())
            || (at >= 0 && domains.contains(user.email().substring(at + 1)));
    if (admitted) {
      return Set.of(Outcome.OK);
    }
    return user.email().isEmpty()
        ? Set.of(Outcome.FORBIDDEN, Outcome.ERROR)
        : Set.of(Outcome.FORBIDDEN);
  }

  private static boolean admits(JWT jwt, Token token, long at) {
    String prefix = jwt.header().equalsIgnoreCase("Authorization") ? "Bearer " : "";
    boolean signed =
        !token.altered()
            && jwt.algorithms().contains(token.algorithm())
            && jwt.jwksURLs().stream()
                .anyMatch(
                    url -> TokenKeys.publishedAt(url).filter(token.key()::equals).isPresent());
    return token.header().equalsIgnoreCase(jwt.header())
        && token.prefix().equals(prefix)
        && signed
        && jwt.allowedIssuers().contains(token.issuer())
        && (jwt.allowedAudiences().isEmpty()
            || token.audience().stream().anyMatch(jwt.allowedAudiences()::contains))
        && at >= token.notBefore()
        && at < token.expires();
  }
}
