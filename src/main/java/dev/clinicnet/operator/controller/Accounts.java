package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.SameAccounts;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.controller.RunningAccount.Surroundings;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts that the operator runs: the account {@code default}, and one for each other
 * NgrokAccount that names a Secret with a key. They come and go with the NgrokAccounts.
 */
final class Accounts implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Accounts.class);

  private final Surroundings around;
  private final AccountKeys keys;
  private final SameAccounts same;
  private final Map<String, RunningAccount> running = new ConcurrentHashMap<>();
  private boolean leading;
  private boolean closed;

  /** Only the account {@code default}, which is not listed before {@link #lead}. */
  Accounts(Surroundings around, AccountKeys keys) {
    this.around = around;
    this.keys = keys;
    same = new SameAccounts(keys::isOlder);
    running.put(NgrokAccount.DEFAULT, new RunningAccount(NgrokAccount.DEFAULT, keys, same, around));
  }

  /** The account of a name; empty if there is none that the operator can use. */
  Optional<RunningAccount> find(String name) {
    return Optional.ofNullable(running.get(name));
  }

  /** Which of them are one account at ngrok. */
  SameAccounts same() {
    return same;
  }

  /** All accounts. */
  Collection<RunningAccount> all() {
    return List.copyOf(running.values());
  }

  /**
   * Runs the accounts of these NgrokAccounts, and no longer those of others. What the others hold
   * at ngrok stays as it is.
   *
   * @param changed takes the name of each account that has come or gone
   */
  synchronized void follow(Collection<NgrokAccount> present, Consumer<String> changed) {
    if (closed) {
      return;
    }
    Set<String> wanted =
        present.stream()
            .filter(AccountKeys::hasRef)
            .map(account -> account.getMetadata().getName())
            .collect(Collectors.toSet());
    for (String name : List.copyOf(running.keySet())) {
      if (!wanted.contains(name) && !name.equals(NgrokAccount.DEFAULT)) {
        running.remove(name).close();
        keys.forget(name);
        LOGGER.info("The account {} is not used any more: its NgrokAccount is gone", name);
        shareOut();
        changed.accept(name);
      }
    }
    for (String name : wanted) {
      if (!running.containsKey(name)) {
        RunningAccount added = new RunningAccount(name, keys, same, around);
        running.put(name, added);
        shareOut();
        LOGGER.info("The account {} is used from now on", name);
        if (leading) {
          added.start();
        }
        changed.accept(name);
      }
    }
  }

  /** Begins to list all accounts. */
  synchronized void lead() {
    leading = true;
    running.values().forEach(RunningAccount::start);
  }

  /** Lists no account any more. */
  synchronized void stop() {
    closed = true;
    running.values().forEach(RunningAccount::stop);
  }

  /** Makes all accounts be listed now. */
  void refresh() {
    running.values().forEach(RunningAccount::refresh);
  }

  /** Whether a write to any account is on its way. */
  boolean isWriting() {
    return running.values().stream().anyMatch(RunningAccount::isWriting);
  }

  private void shareOut() {
    Share share = Share.of(ClinicOperator.THREADS, running.size());
    running.values().forEach(account -> account.resize(share));
  }

  /** Finds what is in other accounts than this one. */
  Elsewhere elsewhere(String account) {
    return domain ->
        running.values().stream()
            .filter(other -> !other.account().name().equals(account))
            .filter(other -> !same.areSame(other.account().name(), account))
            .flatMap(
                other ->
                    other
                        .account()
                        .inventory()
                        .find(Resource.RESERVED_DOMAINS, Keys.name(domain))
                        .optional()
                        .map(found -> new Elsewhere.Reserved(other.account().name(), found))
                        .stream())
            .findFirst();
  }

  @Override
  public void close() {
    running.values().forEach(RunningAccount::close);
  }
}
