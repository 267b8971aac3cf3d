package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.APIKeySecretRef;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  private final Map<String, Content> contents = new ConcurrentHashMap<>();

  /**
   * What a Secret had.
   *
   * @param values its values by their keys
   * @param problem why it could not be read; empty if it could
   */
  private record Content(Map<String, SecretValue> values, Optional<String> problem, long at) {}

  /** The key of an account. It is empty if there is none, and the verdict says why. */
  private record Found(Optional<SecretValue> key, Verdict verdict) {}

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
        .map(SecretValue::reveal)
        .orElse(null);
  }

  /** Whether the key of an account was found, and may be used. */
  Verdict verdict(NgrokAccount account) {
    Found found = read(account);
    return rival(account)
        .map(
            rival ->
                Verdict.no(
                    Reason.APIKeyInUse,
                    "spec.apiKeySecretRef "
                        + text(account.getSpec().apiKeySecretRef())
                        + " has the API key of the account "
                        + rival
                        + ": write a key of this account into the Secret. Until then, the account"
                        + " is not used."))
        .orElse(found.verdict());
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

  /** Forgets the key of an account that is gone, unless its Secret has one of another account. */
  void forget(String account) {
    contents
        .keySet()
        .retainAll(
            accounts.get().stream()
                .filter(AccountKeys::hasRef)
                .filter(other -> !other.getMetadata().getName().equals(account))
                .map(other -> other.getSpec().apiKeySecretRef().name())
                .collect(Collectors.toSet()));
  }

  /** An older account with the same key. */
  private Optional<String> rival(NgrokAccount account) {
    Optional<SecretValue> key = read(account).key();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    if (key.equals(Optional.ofNullable(own.get()).map(SecretValue::new))) {
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

  private Found read(NgrokAccount account) {
    APIKeySecretRef ref = account.getSpec().apiKeySecretRef();
    if (namespace.isEmpty()) {
      return missing(
          ref,
          "the operator does not know its own namespace: start it in a cluster, or with"
              + " --account-secrets-namespace");
    }
    String secret = secret(ref.name());
    Content content = content(ref.name());
    SecretValue value = content.values().get(ref.key());
    if (content.problem().isPresent()) {
      return missing(ref, content.problem().get());
    }
    if (value == null) {
      return missing(ref, secret + " has no key " + ref.key() + ": add it");
    }
    return value.reveal().matches("[!-~]+")
        ? new Found(
            Optional.of(value),
            Verdict.yes(Reason.ResolvedRefs, "The API key was read from " + secret + "."))
        : missing(
            ref,
            secret
                + " has under "
                + ref.key()
                + " something that is no API key: a key is one word, from"
                + " dashboard.ngrok.com, API Keys");
  }

  /** What a Secret has. It is read once for all accounts whose keys are in it. */
  private Content content(String name) {
    return contents.compute(
        name,
        (same, last) -> {
          boolean fresh = last != null && nanos.getAsLong() - last.at() < FRESH.toNanos();
          return fresh ? last : readNow(name, Optional.ofNullable(last));
        });
  }

  private Content readNow(String name, Optional<Content> last) {
    try {
      Secret found = client.secrets().inNamespace(namespace.orElseThrow()).withName(name).get();
      if (found == null) {
        return unread("there is no " + secret(name) + ": create it");
      }
      Map<String, SecretValue> values = new HashMap<>();
      Optional.ofNullable(found.getData())
          .orElse(Map.of())
          .forEach((key, value) -> values.put(key, decoded(value)));
      return new Content(values, Optional.empty(), nanos.getAsLong());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return unread(
            "the operator may not read "
                + secret(name)
                + ": name it in the Role clinic-operator there (accounts.secretNames in the"
                + " chart's values)");
      }
      return last.map(before -> new Content(before.values(), before.problem(), nanos.getAsLong()))
          .orElseGet(() -> unread(secret(name) + " cannot be read now, which is tried again"));
    }
  }

  private String secret(String name) {
    return "Secret " + namespace.orElseThrow() + "/" + name;
  }

  private Content unread(String why) {
    return new Content(Map.of(), Optional.of(why), nanos.getAsLong());
  }

  private static Found missing(APIKeySecretRef ref, String why) {
    return new Found(
        Optional.empty(),
        Verdict.no(
            Reason.ReferenceNotFound, "spec.apiKeySecretRef " + text(ref) + ": " + why + "."));
  }

  private static String text(APIKeySecretRef ref) {
    return ref.name() + "/" + ref.key();
  }

  private static SecretValue decoded(String base64) {
    try {
      return new SecretValue(
          new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip());
    } catch (IllegalArgumentException e) {
      return new SecretValue("");
    }
  }
}
