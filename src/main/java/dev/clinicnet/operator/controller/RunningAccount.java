package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.metrics.WaveMetrics;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.account.Waves;
import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.KeyGuard;
import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.account.RevokedEndpoints;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.account.StrayEndpoints;
import dev.clinicnet.operator.account.SweepEffects;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.account.UndoWindow;
import dev.clinicnet.operator.agentapi.AgentApis;
import dev.clinicnet.operator.agentapi.ReachedAgents;
import dev.clinicnet.operator.fleetpage.BudgetHistory;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.metrics.NgrokMetrics;
import dev.clinicnet.operator.metrics.SightMetrics;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetCalls;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One ngrok account in a running operator, with everything that belongs to this account alone: its
 * key, budget, inventory, sweeps, guards and metrics.
 */
final class RunningAccount implements AutoCloseable {
  private final Budget budget;
  private final BudgetCalls calls;
  private final BudgetHistory history;
  private final OkHttpNgrokApi api;
  private final Orphans orphans;
  private final Sweeper sweeper;
  private final Account account;

  /**
   * What all accounts of an operator share.
   *
   * @param agents reaches the APIs of agents
   * @param logins reads the logins at the APIs of agents
   * @param requeues reads the manifests, and requeues objects
   * @param inFlight is asked before each write
   * @param deleted whether a namespace certainly does not exist
   * @param grants the names that a namespace may hold
   */
  record Surroundings(
      OperatorOptions options,
      AgentApis agents,
      AgentLogins logins,
      Requeues requeues,
      InFlight inFlight,
      Predicate<String> deleted,
      Function<String, Grant> grants,
      MeterRegistry registry,
      AccountTime time) {}

  /**
   * An account that is not listed before {@link #start}.
   *
   * @param name its name in the configuration
   */
  RunningAccount(String name, Surroundings around) {
    OperatorOptions options = around.options();
    AccountTime time = around.time();
    budget = new Budget(options.budget(), time);
    Requeues requeues = around.requeues();
    calls =
        new BudgetCalls(
            budget, at -> requeues.owner(new Owner(at.kind(), at.namespace(), at.name())));
    history = new BudgetHistory(time.clock());
    NgrokMetrics metrics = new NgrokMetrics(around.registry(), time.clock());
    metrics.watch(budget, options.budget().permits());
    KeyGuard keyGuard = new KeyGuard(options.ngrok().apiKey(), around.inFlight(), time::nanos);
    api = new OkHttpNgrokApi(options.ngrok(), budget, keyGuard, metrics.and(history));
    Inventory inventory = new Inventory();
    Attempts attempts = new Attempts();
    PlanRunner runner =
        new PlanRunner(
            api,
            new ReachedAgents(around.agents(), around.logins()::read, around.inFlight()),
            inventory,
            attempts,
            around.requeues()::owner,
            time.clock());
    AccountGuard guard = new AccountGuard();
    orphans =
        new Orphans(
            options.settings(),
            options.namespaces(),
            around.deleted(),
            inventory,
            runner,
            time.clock());
    OrphanMetrics.register(around.registry(), orphans);
    Sight sight = new Sight(time.clock(), options.driftInterval(), options.agentInterval());
    SweepEffects effects =
        new SweepEffects(
            around.requeues(),
            inventory,
            guard,
            new UndoWindow(options.settings(), inventory, runner, time.clock()),
            orphans,
            new StrayEndpoints(options.settings(), inventory, runner),
            new RevokedEndpoints(
                options.settings(), options.namespaces(), around.grants(), inventory, runner),
            around.inFlight(),
            sight,
            attempts,
            options.agentInterval());
    sweeper = new Sweeper(api, inventory, sight, keyGuard.judging(effects, guard), time);
    keyGuard.relistBy(sweeper::requestAll);
    new SightMetrics(around.registry()).watch(sight);
    Waves waves =
        new Waves(options.waves(), clinic -> isOnline(around, clinic), around.requeues()::owner);
    new WaveMetrics(around.registry()).watch(waves);
    account = new Account(name, inventory, runner, attempts, sweeper, guard, waves);
  }

  private static boolean isOnline(Surroundings around, Owner clinic) {
    return around
        .requeues()
        .clinic(clinic.namespace(), clinic.name())
        .flatMap(
            its ->
                Conditions.find(ClinicStatus.of(its).conditions(), ConditionType.AgentOnline))
        .filter(condition -> condition.status() == ConditionStatus.True)
        .isPresent();
  }

  /** The account as decisions need it. */
  Account account() {
    return account;
  }

  /** What is at ngrok and has no manifest. */
  Orphans orphans() {
    return orphans;
  }

  /** The requests that the account still allows. */
  Budget budget() {
    return budget;
  }

  /** The requests of the last minutes. */
  BudgetHistory history() {
    return history;
  }

  /** Begins to list the account, and to call objects when it is their turn in the budget. */
  void start() {
    calls.start();
    sweeper.start();
  }

  /** Makes the account be listed now, and not only at the next interval. */
  void refresh() {
    sweeper.requestAll();
  }

  /** Lists the account no more. Passes that run may still write. */
  void stop() {
    sweeper.close();
    calls.close();
  }

  /** Whether a write is on its way. */
  boolean isWriting() {
    return api.isWriting();
  }

  @Override
  public void close() {
    stop();
    api.close();
  }
}
