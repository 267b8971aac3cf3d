package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.BasicAuth;
import dev.clinicnet.operator.api.v1alpha1.JWT;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.api.v1alpha1.MutualTLS;
import dev.clinicnet.operator.api.v1alpha1.OAuth;
import dev.clinicnet.operator.api.v1alpha1.OIDC;
import dev.clinicnet.operator.api.v1alpha1.RateLimit;
import dev.clinicnet.operator.api.v1alpha1.RateLimitKey;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.AddressRestriction;
import dev.clinicnet.operator.policy.ClientCertificates;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.Login;
import dev.clinicnet.operator.policy.RequestRate;
import dev.clinicnet.operator.reference.ReferenceProblem;
import dev.clinicnet.operator.reference.ReferencedValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code spec.access}, with all referenced values.
 *
 * @param policy the part of the endpoint's policy
 * @param vaultEntries the entries that the vault needs before the policy can refer to them
 * @param expiry the expiry of the first trusted certificate; empty without certificates
 */
record ResolvedAccess(
    AccessPolicy policy, List<VaultEntry> vaultEntries, Optional<Instant> expiry) {

  /** Reads one manifest's access. */
  static final class Reader {
    private static final int MOST_USERS = 10;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;

    private final ReferencedValues references;
    private final Owner owner;
    private final String instance;
    private final Instant now;
    private final List<VaultEntry> vaultEntries = new ArrayList<>();
    private Optional<Instant> expiry = Optional.empty();

    Reader(ReferencedValues references, Owner owner, String instance, Instant now) {
      this.references = references;
      this.owner = owner;
      this.instance = instance;
      this.now = now;
    }

    /** The reader of one service. */
    static Reader of(ServiceObservation o) {
      return new Reader(o.references(), o.owner(), o.settings().instance(), o.now());
    }

    /**
     * The expiry of the first trusted certificate; empty without certificates.
     *
     * @throws ReferenceProblem for the first certificate that cannot be used
     */
    Optional<Instant> expiry(Access access) {
      Optional.ofNullable(access.mutualTLS()).ifPresent(this::certificates);
      return expiry;
    }

    /**
     * Reads the access.
     *
     * @throws ReferenceProblem for the first reference that cannot be used
     * @throws IllegalArgumentException for a value that a policy cannot hold
     */
    ResolvedAccess read(Access access) {
      AccessPolicy policy =
          new AccessPolicy(
              addresses(access),
              Optional.ofNullable(access.mutualTLS()).map(this::certificates),
              Optional.ofNullable(access.rateLimit()).map(this::rate),
              login(access));
      return new ResolvedAccess(policy, List.copyOf(vaultEntries), expiry);
    }

    private static AddressRestriction addresses(Access access) {
      try {
        return AddressRestriction.of(access.allowCIDRs(), access.denyCIDRs(), access.ipPolicyIDs());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("spec.access." + e.getMessage(), e);
      }
    }

    private ClientCertificates certificates(MutualTLS mutualTLS) {
      List<String> authorities = new ArrayList<>();
      for (int i = 0; i < mutualTLS.caBundles().size(); i++) {
        String field = "spec.access.mutualTLS.caBundles[" + i + "]";
        CertificateBundle bundle = bundle(field, mutualTLS.caBundles().get(i));
        authorities.addAll(bundle.pems());
        expiry =
            expiry
                .filter(first -> first.isBefore(bundle.earliestExpiry()))
                .or(() -> Optional.of(bundle.earliestExpiry()));
      }
      return new ClientCertificates(
          authorities,
          switch (mutualTLS.verification()) {
            case RequireAndVerify -> "require-and-verify";
            case RequireAny -> "require-any";
            case Request -> "request";
          });
    }

    private CertificateBundle bundle(String field, KeySource source) {
      return references.value(
          field, source, pem -> CertificateBundle.parse(pem).requireCAs().requireValidAt(now));
    }

    private RequestRate rate(RateLimit limit) {
      return new RequestRate(
          owner.namespace() + "/" + owner.name(),
          limit.requests(),
          limit.window(),
          limit.by() == RateLimitKey.ClientIP ? RequestRate.CLIENT_ADDRESS : RequestRate.ENDPOINT);
    }

    private Optional<Login> login(Access access) {
      if (access.oauth() != null) {
        return Optional.of(oauth(access.oauth()));
      }
      if (access.oidc() != null) {
        return Optional.of(oidc(access.oidc()));
      }
      if (access.jwt() != null) {
        return Optional.of(jwt(access.jwt()));
      }
      return Optional.ofNullable(access.basicAuth()).map(this::basicAuth);
    }

    private Login oauth(OAuth oauth) {
      Optional<Login.Client> client =
          Optional.ofNullable(oauth.clientID())
              .map(id -> client("oauth", id, oauth.clientSecretRef()));
      return Login.oauth(
          oauth.provider(),
          client,
          oauth.scopes(),
          oauth.allowedEmailDomains(),
          oauth.allowedEmails());
    }

    private Login oidc(OIDC oidc) {
      return Login.oidc(
          oidc.issuerURL(),
          client("oidc", oidc.clientID(), oidc.clientSecretRef()),
          oidc.scopes(),
          oidc.allowedEmailDomains(),
          oidc.allowedEmails());
    }

    private Login.Client client(String kind, String id, KeyRef ref) {
      String field = "spec.access." + kind + ".clientSecretRef";
      // The version is read before the value. If the Secret changes in between, the value is sent
      // once more.
      String version = references.version(field, ref.name());
      String secret = references.secret(field, ref).strip();
      if (secret.isEmpty()) {
        throw ReferenceProblem.unusable(
            "%s: key %s of Secret %s is empty. Store the client secret there."
                .formatted(field, ref.key(), ref.name()));
      }
      return new Login.Client(id, inVault(kind + "-client-secret", version, secret));
    }

    private static Login jwt(JWT jwt) {
      return Login.jwt(
          jwt.allowedIssuers(),
          jwt.allowedAudiences(),
          jwt.jwksURLs(),
          jwt.algorithms(),
          jwt.type(),
          jwt.header(),
          jwt.header().equalsIgnoreCase("Authorization") ? "Bearer " : "");
    }

    private Login basicAuth(BasicAuth basicAuth) {
      String field = "spec.access.basicAuth.secretRef";
      String version = references.version(field, basicAuth.secretRef().name());
      Map<String, String> users = references.texts(field, basicAuth.secretRef().name());
      if (users.isEmpty() || users.size() > MOST_USERS) {
        throw ReferenceProblem.unusable(
            "%s: Secret %s has %d keys. Store 1 to %d users, each under its name."
                .formatted(field, basicAuth.secretRef().name(), users.size(), MOST_USERS));
      }
      Map<String, String> passwords = new LinkedHashMap<>();
      for (Map.Entry<String, String> user : users.entrySet()) {
        requirePassword(field, basicAuth.secretRef().name(), user);
        // The key is not a number. With one more user the others would move, and until the policy
        // is written, a user name would work with the password of another user.
        String purpose = "basic-auth-" + ContentHash.of(user.getKey());
        passwords.put(user.getKey(), inVault(purpose, version, user.getValue()));
      }
      return Login.basicAuth(basicAuth.realm(), passwords);
    }

    private static void requirePassword(
        String field, String secret, Map.Entry<String, String> user) {
      String password = user.getValue();
      boolean control = password.chars().anyMatch(Character::isISOControl);
      if (password.length() < SHORTEST_PASSWORD
          || password.length() > LONGEST_PASSWORD
          || control) {
        throw ReferenceProblem.unusable(
            ("%s: the password of user %s in Secret %s must have %d to %d characters and no line"
                    + " break. Store another.")
                .formatted(field, user.getKey(), secret, SHORTEST_PASSWORD, LONGEST_PASSWORD));
      }
    }

    private String inVault(String purpose, String version, String value) {
      vaultEntries.add(new VaultEntry(purpose, version, new SecretValue(value)));
      return VaultNames.reference(VaultNames.vault(instance), VaultNames.secret(owner, purpose));
    }
  }
}
