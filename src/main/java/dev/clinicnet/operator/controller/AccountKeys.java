package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.APIKeySecretRef;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The API keys of the accounts. That of the account {@code default} comes from the operator's
 * environment. The others are in Secrets of the operator's namespace. A Secret is read when a key
 * is needed, and again after a few seconds, so that a replaced key takes effect without a restart.
 * While Kubernetes does not answer, the last key counts.
 *
 * <p>Two accounts may not have the same key, because each of them would take what the other has for
 * its own. The younger account then has none.
 */
final class AccountKeys {
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final Comparator<NgrokAccount> BY_AGE =
      Comparator.comparing((NgrokAccount account) -> account.getMetadata().getCreationTimestamp())
          .thenComparing(account -> account.getMetadata().getName());

  private final KubernetesClient client;
  private final Optional<String> namespace;
  private final Supplier<String> own;
  private final Supplier<List<NgrokAccount>> accounts;
  private final LongSupplier nanos;
  private final Map<String, Read> reads = new ConcurrentHashMap<>();

  /** What a Secret had. The key is empty if there is none. */
  private record Read(APIKeySecretRef ref, Optional<String> key, Verdict verdict, long at) {}

  /**
   * The keys of accounts.
   *
   * @param namespace the operator's namespace; empty if it is not known
   * @param own the key of the account {@code default}
   * @param accounts all present NgrokAccounts
   * @param nanos a monotonic clock
   */
  AccountKeys(
      KubernetesClient client,
      Optional<String> namespace,
      Supplier<String> own,
      Supplier<List<NgrokAccount>> accounts,
      LongSupplier nanos) {
    this.client = client;
    this.namespace = namespace;
    this.own = own;
    this.accounts = accounts;
    this.nanos = nanos;
  }

  /** The key of an account; null while it has none, or may not have the one that it names. */
  String key(String account) {
    if (account.equals(NgrokAccount.DEFAULT)) {
      return own.get();
    }
    return find(account)
        .filter(found -> rival(found).isEmpty())
        .flatMap(found -> read(found).key())
        .orElse(null);
  }

  /** Whether the key of an account was found, and may be used. */
  Verdict verdict(NgrokAccount account) {
    Read read = read(account);
    return rival(account)
        .map(
            rival ->
                Verdict.no(
                    Reason.APIKeyInUse,
                    "spec.apiKeySecretRef "
                        + text(read.ref())
                        + " has the API key of the account "
                        + rival
                        + ": write a key of this account into the Secret. Until then, the account"
                        + " is not used."))
        .orElse(read.verdict());
  }

  /**
   * The verdict on a key that belongs to the same ngrok account as that of an older account.
   *
   * @param older the name of the older account
   */
  static Verdict ofSameAccount(NgrokAccount account, String older) {
    return Verdict.no(
        Reason.APIKeyInUse,
        "spec.apiKeySecretRef "
            + text(account.getSpec().apiKeySecretRef())
            + " has an API key of the same ngrok account as that of the account "
            + older
            + ": write a key of another ngrok account into the Secret. Until then, nothing is"
            + " written for this account.");
  }

  /**
   * Whether an account is older than another one. The account {@code default} is the oldest, and
   * one without an NgrokAccount is the youngest.
   */
  boolean isOlder(String one, String other) {
    if (one.equals(NgrokAccount.DEFAULT) || other.equals(NgrokAccount.DEFAULT)) {
      return one.equals(NgrokAccount.DEFAULT) && !other.equals(NgrokAccount.DEFAULT);
    }
    Optional<NgrokAccount> first = find(one);
    Optional<NgrokAccount> second = find(other);
    if (first.isPresent() && second.isPresent()) {
      return BY_AGE.compare(first.get(), second.get()) < 0;
    }
    return first.isPresent() || (second.isEmpty() && one.compareTo(other) < 0);
  }

  /** Forgets the key of an account that is gone. */
  void forget(String account) {
    reads.remove(account);
  }

  /** An older account with the same key. */
  private Optional<String> rival(NgrokAccount account) {
    Optional<String> key = read(account).key();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    if (key.get().equals(own.get())) {
      return Optional.of(NgrokAccount.DEFAULT);
    }
    return accounts.get().stream()
        .filter(AccountKeys::hasRef)
        .filter(other -> BY_AGE.compare(other, account) < 0)
        .filter(other -> read(other).key().equals(key))
        .map(other -> other.getMetadata().getName())
        .findFirst();
  }

  /** Whether an account has a Secret with its key. */
  static boolean hasRef(NgrokAccount account) {
    return account.getSpec() != null
        && account.getSpec().apiKeySecretRef() != null
        && !account.getMetadata().getName().equals(NgrokAccount.DEFAULT);
  }

  private Optional<NgrokAccount> find(String name) {
    return accounts.get().stream()
        .filter(account -> account.getMetadata().getName().equals(name))
        .filter(AccountKeys::hasRef)
        .findFirst();
  }

  private Read read(NgrokAccount account) {
    APIKeySecretRef ref = account.getSpec().apiKeySecretRef();
    return reads.compute(
        account.getMetadata().getName(),
        (name, last) -> {
          boolean fresh =
              last != null
                  && last.ref().equals(ref)
                  && nanos.getAsLong() - last.at() < FRESH.toNanos();
          return fresh ? last : readNow(ref, Optional.ofNullable(last));
        });
  }

  private Read readNow(APIKeySecretRef ref, Optional<Read> last) {
    if (namespace.isEmpty()) {
      return missing(
          ref,
          "the operator does not know its own namespace: start it in a cluster, or with"
              + " --account-secrets-namespace");
    }
    String secret = "Secret " + namespace.get() + "/" + ref.name();
    try {
      Secret found = client.secrets().inNamespace(namespace.get()).withName(ref.name()).get();
      if (found == null) {
        return missing(ref, "there is no " + secret + ": create it");
      }
      Optional<String> key =
          Optional.ofNullable(found.getData())
              .map(data -> data.get(ref.key()))
              .map(AccountKeys::decoded);
      return key.isEmpty()
          ? missing(ref, secret + " has no key " + ref.key() + ": add it")
          : key.get().matches("[!-~]+")
              ? new Read(
                  ref,
                  key,
                  Verdict.yes(Reason.ResolvedRefs, "The API key was read from " + secret + "."),
                  nanos.getAsLong())
              : missing(
                  ref,
                  secret
                      + " has under "
                      + ref.key()
                      + " something that is no API key: a key is one word, from"
                      + " dashboard.ngrok.com, API Keys");
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return missing(
            ref,
            "the operator may not read "
                + secret
                + ": name it in the Role clinic-operator there (accounts.secretNames in the"
                + " chart's values)");
      }
      return last.filter(before -> before.ref().equals(ref))
          .map(before -> new Read(ref, before.key(), before.verdict(), nanos.getAsLong()))
          .orElseGet(() -> missing(ref, secret + " cannot be read now, which is tried again"));
    }
  }

  private Read missing(APIKeySecretRef ref, String why) {
    return new Read(
        ref,
        Optional.empty(),
        Verdict.no(
            Reason.ReferenceNotFound, "spec.apiKeySecretRef " + text(ref) + ": " + why + "."),
        nanos.getAsLong());
  }

  private static String text(APIKeySecretRef ref) {
    return ref.name() + "/" + ref.key();
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
