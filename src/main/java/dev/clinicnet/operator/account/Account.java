package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One ngrok account.
 *
 * @param name its name in the configuration; {@code default} where there is only one account
 */
public record Account(
    String name,
    Inventory inventory,
    PlanRunner runner,
    Attempts attempts,
    Sweeper sweeper,
    AccountGuard guard,
    WithheldNames withheld,
    RotationQueue rotations,
    Waves waves,
    Untold untold) {

  private static final Duration NEVER = Duration.ofDays(365);

  /** An account of which no withheld name was logged yet, and in which no rotation waits. */
  public Account(
      String name,
      Inventory inventory,
      PlanRunner runner,
      Attempts attempts,
      Sweeper sweeper,
      AccountGuard guard,
      Waves waves) {
    this(
        name,
        inventory,
        runner,
        attempts,
        sweeper,
        guard,
        new WithheldNames(),
        new RotationQueue(),
        waves,
        new Untold());
  }

  /** The same, without waves. */
  public Account(
      String name,
      Inventory inventory,
      PlanRunner runner,
      Attempts attempts,
      Sweeper sweeper,
      AccountGuard guard) {
    this(name, inventory, runner, attempts, sweeper, guard, Waves.off());
  }

  /**
   * An account that counts as the right one and that the caller lists: its sweeper is never
   * started.
   *
   * @param runner a runner that uses the same attempts
   */
  public static Account unswept(
      String name,
      NgrokApi api,
      Inventory inventory,
      PlanRunner runner,
      Attempts attempts,
      Clock clock) {
    AccountGuard guard = new AccountGuard();
    guard.check(List.of(), id -> false, true);
    Sight sight = Sight.ofCaller(clock, NEVER);
    return new Account(
        name,
        inventory,
        runner,
        attempts,
        new Sweeper(api, inventory, sight, SweepListener.NONE),
        guard,
        new WithheldNames(),
        RotationQueue.unlimited(),
        Waves.off(),
        new Untold());
  }

  /** The resources that every sweep lists, because decisions depend on them. */
  public static final List<Resource<?, ?, ?>> NEEDED =
      List.of(
          Resource.RESERVED_DOMAINS,
          Resource.RESERVED_ADDRS,
          Resource.SERVICE_USERS,
          Resource.CREDENTIALS,
          // Sessions are listed before endpoints, so that a listed agent has had the time to bind
          // its endpoints.
          Resource.TUNNEL_SESSIONS,
          Resource.ENDPOINTS);

  /**
   * Whether everything that a decision depends on is known. Asks for the resources that are not,
   * and for those that may hold more objects of this owner than are listed.
   *
   * @param waiting the object to requeue when it is
   * @param needed the resources that it depends on; from then on, those that are not in {@link
   *     #NEEDED} are listed too
   */
  public boolean isKnown(Owner waiting, List<Resource<?, ?, ?>> needed) {
    List<Resource<?, ?, ?>> unknown =
        needed.stream().filter(resource -> !inventory.isKnown(resource)).toList();
    if (!unknown.isEmpty()) {
      sweeper.request(unknown, waiting);
    }
    List<Resource<?, ?, ?>> doubted =
        needed.stream()
            .filter(resource -> !unknown.contains(resource))
            .filter(resource -> !inventory.isKnownTo(resource, waiting.toString()))
            .toList();
    if (!doubted.isEmpty()) {
      sweeper.lookAgain(doubted, waiting);
    }
    return unknown.isEmpty() && guard.hasJudged();
  }

  /**
   * Adds a resource to the sweeps. No decision depends on it, so nothing waits for it.
   *
   * @param waiting the object to requeue when it is known
   */
  public void want(Resource<?, ?, ?> optional, Owner waiting) {
    if (!inventory.isKnown(optional)) {
      sweeper.want(optional, waiting);
    }
  }

  /** Why the platform refuses a list that only some objects need; empty if it does not. */
  public Optional<NgrokException> refusal(List<Resource<?, ?, ?>> needed) {
    return needed.stream().flatMap(r -> sweeper.refusal(r).stream()).findFirst();
  }

  /** The age of the lists, and what is known. */
  public Sight sight() {
    return sweeper.sight();
  }
}
