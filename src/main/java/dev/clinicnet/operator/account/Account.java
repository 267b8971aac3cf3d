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
 * @param name what it is called in the configuration; {@code default} where there is one
 */
public record Account(
    String name,
    Inventory inventory,
    PlanRunner runner,
    Attempts attempts,
    Sweeper sweeper,
    AccountGuard guard,
    WithheldNames withheld) {

  private static final Duration NEVER = Duration.ofDays(365);

  /** One of which nothing was told yet. */
  public Account(
      String name,
      Inventory inventory,
      PlanRunner runner,
      Attempts attempts,
      Sweeper sweeper,
      AccountGuard guard) {
    this(name, inventory, runner, attempts, sweeper, guard, new WithheldNames());
  }

  /**
   * One that is held to be the right one, and that is listed by hand: its sweeper is never started.
   *
   * @param runner with the same attempts
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
    Sight sight = new Sight(clock, NEVER, NEVER);
    return new Account(
        name,
        inventory,
        runner,
        attempts,
        new Sweeper(api, inventory, NEVER, NEVER, sight, SweepListener.NONE),
        guard);
  }

  /** What is listed with every sweep, since decisions rest on it. */
  public static final List<Resource<?, ?, ?>> NEEDED =
      List.of(
          Resource.RESERVED_DOMAINS,
          Resource.RESERVED_ADDRS,
          Resource.SERVICE_USERS,
          Resource.CREDENTIALS,
          // Before endpoints: an agent that is listed has then had the time to bind its own.
          Resource.TUNNEL_SESSIONS,
          Resource.ENDPOINTS);

  /**
   * Whether everything that a decision rests on is known; asks for what is not.
   *
   * @param waiting who is to be woken when it is
   * @param needed what it rests on; what is not in {@link #NEEDED} is from then on listed too
   */
  public boolean isKnown(Owner waiting, List<Resource<?, ?, ?>> needed) {
    List<Resource<?, ?, ?>> unknown =
        needed.stream().filter(resource -> !inventory.isKnown(resource)).toList();
    if (!unknown.isEmpty()) {
      sweeper.request(unknown, waiting);
    }
    return unknown.isEmpty() && guard.hasJudged();
  }

  /**
   * Has a resource listed too that decisions can do without; nobody waits for it.
   *
   * @param waiting who is to be woken when it is known
   */
  public void want(Resource<?, ?, ?> optional, Owner waiting) {
    if (!inventory.isKnown(optional)) {
      sweeper.want(optional, waiting);
    }
  }

  /** Why a list is refused that only some objects need, if so. */
  public Optional<NgrokException> refusal(List<Resource<?, ?, ?>> needed) {
    return needed.stream().flatMap(r -> sweeper.refusal(r).stream()).findFirst();
  }

  /** How old the lists are, and what can be claimed. */
  public Sight sight() {
    return sweeper.sight();
  }
}
