package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.KeyGuard;
import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.account.RevokedEndpoints;
import dev.clinicnet.operator.account.SameAccountGuard;
import dev.clinicnet.operator.account.SameAccounts;
import dev.clinicnet.operator.account.SelfWatch;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.account.StrayEndpoints;
import dev.clinicnet.operator.account.SweepEffects;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.account.UndoWindow;
import dev.clinicnet.operator.account.Waves;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.agentapi.AgentApis;
import dev.clinicnet.operator.agentapi.ReachedAgents;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicKind;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.fleetpage.AccountFigures;
import dev.clinicnet.operator.fleetpage.BudgetHistory;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.metrics.NgrokMetrics;
import dev.clinicnet.operator.metrics.SelfMetrics;
import dev.clinicnet.operator.metrics.SightMetrics;
import dev.clinicnet.operator.metrics.WaveMetrics;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetCalls;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.service.ServiceKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
  private final SelfWatch self;
  private final SameAccounts same;
  private final Account account;
  private final MeterRegistry registry;
  private final ReconcileLoop<Clinic> clinics;
  private final ReconcileLoop<ClinicService> services;
  private final Room room;

  /**
   * What all accounts of an operator share.
   *
   * @param agents reaches the APIs of agents
   * @param logins reads the logins at the APIs of agents
   * @param requeues reads the manifests, and requeues objects
   * @param inFlight is asked before each write
   * @param deleted whether a namespace certainly does not exist
   * @param grants the names that a namespace may hold, by account and namespace
   */
  record Surroundings(
      OperatorOptions options,
      AgentApis agents,
      AgentLogins logins,
      Requeues requeues,
      InFlight inFlight,
      Predicate<String> deleted,
      BiFunction<String, String, Grant> grants,
      DriftObserver driftMetrics,
      AuditTrail trail,
      AgentObserver agentFacts,
      ExpiryObserver certificates,
      MeterRegistry registry,
      AccountTime time) {}

  /**
   * An account that is not listed before {@link #start}.
   *
   * @param name its name in the configuration
   * @param same notices that two accounts are one
   */
  RunningAccount(String name, AccountKeys keys, SameAccounts same, Surroundings around) {
    OperatorOptions options = around.options();
    AccountManifests manifests = new AccountManifests(name, around.requeues());
    AccountTime time = around.time();
    NgrokClientOptions connection = options.ngrok().withApiKey(() -> keys.key(name)).in(time);
    registry = around.registry();
    budget = new Budget(options.budget(), time);
    Requeues requeues = around.requeues();
    calls = new BudgetCalls(budget, at -> requeues.owner(Owner.of(at)));
    room = new Room(requeues::owner, requeues::later);
    history = new BudgetHistory(time.clock());
    NgrokMetrics metrics = new NgrokMetrics(registry, time.clock(), name);
    metrics.watch(budget, options.budget().permits());
    KeyGuard keyGuard = new KeyGuard(connection.apiKey(), around.inFlight(), time::nanos);
    this.same = same;
    SameAccountGuard sameGuard = new SameAccountGuard(name, same, keyGuard, time::nanos);
    api = new OkHttpNgrokApi(connection, budget, sameGuard, metrics.and(history));
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
    OrphanMetrics.register(registry, name, orphans);
    Sight sight = new Sight(time.clock(), options.driftInterval(), options.agentInterval());
    SweepEffects effects =
        new SweepEffects(
            manifests,
            inventory,
            guard,
            new UndoWindow(options.settings(), inventory, runner, time.clock()),
            orphans,
            new StrayEndpoints(options.settings(), inventory, runner),
            new RevokedEndpoints(
                options.settings(),
                options.namespaces(),
                namespace -> around.grants().apply(name, namespace),
                inventory,
                runner),
            around.inFlight(),
            sight,
            attempts,
            () -> budget.wake().stream().map(Owner::of).collect(Collectors.toSet()),
            options.agentInterval());
    self =
        new SelfWatch(
            () -> api.self(Lane.SWEEP),
            connection.apiKey(),
            metrics::says,
            guard,
            sameGuard.comparing(
                keyGuard.judging(effects, guard),
                () -> {
                  attempts.forgetOutage();
                  manifests.all();
                }));
    same.join(name, self::id, inventory, sight);
    sweeper = new Sweeper(api, inventory, sight, self, time);
    keyGuard.relistBy(sweeper::requestAll);
    new SightMetrics(registry, name).watch(sight);
    new SelfMetrics(registry, name).watch(self);
    Waves waves =
        new Waves(
            options.waves(),
            new ListedAgents(around.requeues()::clinic, sight),
            around.requeues()::owner);
    new WaveMetrics(registry, name).watch(waves);
    account = new Account(name, inventory, runner, attempts, sweeper, guard, waves);
    AuditTrail trail =
        name.equals(NgrokAccount.DEFAULT)
            ? around.trail()
            : event -> around.trail().record(event.with(NgrokMetrics.ACCOUNT, name));
    // Two Clinics may share one. So a pass that hangs must not hold one of another account.
    Locks locks = new Locks();
    DriftReport drift = new DriftReport(trail, around.driftMetrics(), time.clock());
    clinics =
        new ReconcileLoop<>(
            new ClinicKind(
                account,
                options.settings(),
                new AgentAPIKeeper(new SecureRandom()),
                Nonces::fresh,
                around.agentFacts(),
                trail,
                time.clock()),
            locks,
            drift);
    services =
        new ReconcileLoop<>(
            new ServiceKind(
                account, options.settings(), Nonces::fresh, around.certificates(), time.clock()),
            locks,
            drift);
  }

  /** The account as decisions need it. */
  Account account() {
    return account;
  }

  /** Makes passes over the Clinics of the account. */
  ReconcileLoop<Clinic> clinics() {
    return clinics;
  }

  /** Makes passes over the services of the account. */
  ReconcileLoop<ClinicService> services() {
    return services;
  }

  /** The room for passes. */
  Room room() {
    return room;
  }

  /** From now on, the account has this share of the threads for passes. */
  void resize(Share share) {
    budget.resize(share.of(ClinicOperator.THREADS));
    room.resize(share);
  }

  /** What is wrong with the account at ngrok, as sentences without a full stop. */
  List<String> warnings() {
    return self.warnings();
  }

  /** What is at ngrok and has no manifest. */
  Orphans orphans() {
    return orphans;
  }

  /** What the fleet page shows of the account. */
  AccountFigures figures() {
    Sight sight = account.sight();
    return new AccountFigures(
        account.name(),
        history,
        budget.used(),
        sight.agentsAge(),
        sight.age(Resource.RESERVED_DOMAINS));
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
    same.leave(account.name());
    api.close();
    registry.getMeters().stream()
        .filter(meter -> account.name().equals(meter.getId().getTag(NgrokMetrics.ACCOUNT)))
        .forEach(registry::remove);
  }
}
