package dev.clinicnet.simulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The parts that the resources of one simulated account share. */
final class Account {
  private final SimulatorOptions options;
  private final Ids ids;
  private final Map<String, Integer> planLimits = new HashMap<>();
  private String ownerId;
  private boolean keyIsAdmin = true;
  private int number;
  private List<Account> platform = List.of();
  private Predicate<String> holding = domain -> false;
  private Caller caller;
  private final Behaviour behaviour = new Behaviour();
  private AccountState beginning = AccountState.beginning(false);
  private AccountState state = beginning;

  Account(SimulatorOptions options) {
    this(options, new SecureRandom());
  }

  /**
   * An account for tests.
   *
   * @param random the source of ids and tokens
   */
  Account(SimulatorOptions options, Random random) {
    this.options = options;
    this.ids = new Ids(options.clock(), random);
    this.ownerId = ids.next("usr");
  }

  SimulatorOptions options() {
    return options;
  }

  /** Puts it among the accounts of one platform, the first of which is number 0. */
  void among(List<Account> all) {
    platform = List.copyOf(all);
    number = all.indexOf(this);
  }

  /** Its number among the accounts of the platform. No two accounts give out the same address. */
  int number() {
    return number;
  }

  /** The other accounts of the platform. */
  Stream<Account> others() {
    return platform.stream().filter(other -> other != this);
  }

  /** Sets whether it has reserved a domain. */
  void holding(Predicate<String> reserved) {
    holding = reserved;
  }

  /** Whether it has reserved a domain. */
  boolean holds(String domain) {
    return holding.test(domain);
  }

  Clock clock() {
    return options.clock();
  }

  Instant now() {
    return options.clock().instant();
  }

  Ids ids() {
    return ids;
  }

  /** The user to whom the API key belongs. */
  String ownerId() {
    return ownerId;
  }

  void ownerId(String value) {
    ownerId = value;
  }

  /** Whether the caller administers the account. No service user does (documented). */
  boolean keyIsAdmin() {
    return keyIsAdmin && (caller == null || !caller.isServiceUser());
  }

  /** Sets who makes the request that is being answered; null for the user of {@link #ownerId}. */
  void caller(Caller value) {
    caller = value;
  }

  /** The id of who makes the request that is being answered. */
  String callerId() {
    return caller == null ? ownerId : caller.id();
  }

  /** Who makes the request that is being answered; null for the user of {@link #ownerId}. */
  Caller caller() {
    return caller;
  }

  /** How the platform behaves where a test can choose. */
  Behaviour behaviour() {
    return behaviour;
  }

  void keyIsAdmin(boolean value) {
    keyIsAdmin = value;
  }

  /** The id of the account itself. */
  String id() {
    return "ac" + ownerId.substring(ownerId.indexOf('_'));
  }

  /** Is in HIPAA mode now and after each reset. */
  void beginInHipaaMode() {
    beginning = AccountState.beginning(true);
    state = beginning;
  }

  AccountState state() {
    return state;
  }

  void state(AccountState value) {
    state = value;
  }

  void planLimit(String resource, int limit) {
    planLimits.put(resource, limit);
  }

  /** Refuses one more object than the plan allows. */
  void requireRoom(String resource, int present, SimulatorError error) {
    Integer limit = planLimits.get(resource);
    if (limit != null && present >= limit) {
      throw error.with(limit);
    }
  }

  void reset() {
    planLimits.clear();
    keyIsAdmin = true;
    behaviour.reset();
    state = beginning;
  }
}
