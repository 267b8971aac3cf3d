package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.Gate;
import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.account.RevokedEndpoints;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.account.StrayEndpoints;
import dev.clinicnet.operator.account.SweepEffects;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.account.UndoWindow;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicKind;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.VirtualNgrok;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.service.ServiceKind;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One process of the operator, wired as in {@code ClinicOperator}, without the operator SDK. All
 * that it knows is lost with it.
 */
final class Instance {
  private static final Duration DRIFT_INTERVAL = Duration.ofMinutes(10);
  private static final Duration AGENT_INTERVAL = Duration.ofMinutes(2);

  private final World world;
  private final Work work = new Work();
  private final Controllers controllers;
  private final Sweeper sweeper;
  private final Budget budget;
  private final Orphans orphans;
  private final VirtualRequeue requeue;
  private final ReconcileLoop<Clinic> clinics;
  private final ReconcileLoop<ClinicService> services;
  private final SessionReconciler sessions;
  private final WriteGuard guard;
  private boolean leading = true;

  Instance(World world, Settings settings) {
    this.world = world;
    this.guard =
        new WriteGuard() {
          @Override
          public void check() {
            if (!leading) {
              throw new NgrokException(Failure.NOT_LEADING, null, "another one leads", null);
            }
          }

          @Override
          public void confirm() {
            world.sending();
            check();
          }
        };
    this.controllers = new Controllers(world, work);
    this.requeue = new VirtualRequeue(world, work, controllers);
    AccountTime time = AccountTime.of(world.clock(), world::nanos);
    budget = VirtualNgrok.budget(BudgetOptions.perMinute(World.REQUESTS), time, world::pass);
    OkHttpNgrokApi api =
        VirtualNgrok.client(World.API_KEY, budget, guard, world.sockets(), world::pass);
    Inventory inventory = new Inventory();
    Attempts attempts = new Attempts();
    PlanRunner runner =
        new PlanRunner(
            api,
            new VirtualAgents(world, guard),
            inventory,
            attempts,
            requeue::owner,
            world.clock());
    AccountGuard accountGuard = new AccountGuard();
    orphans = new Orphans(settings, Set.of(), name -> false, inventory, runner, world.clock());
    Sight sight = new Sight(world.clock(), DRIFT_INTERVAL, AGENT_INTERVAL);
    Function<String, Grant> grants = namespace -> Grant.TRUSTED;
    SweepEffects effects =
        new SweepEffects(
            requeue,
            inventory,
            accountGuard,
            new UndoWindow(settings, inventory, runner, world.clock()),
            orphans,
            new StrayEndpoints(settings, inventory, runner),
            new RevokedEndpoints(settings, Set.of(), grants, inventory, runner),
            new Gate() {
              @Override
              public <T> T run(Supplier<T> effect, T otherwise) {
                return effect.get();
              }
            },
            sight,
            attempts,
            () -> budget.wake().stream().map(Owner::of).collect(Collectors.toSet()),
            AGENT_INTERVAL);
    sweeper = new Sweeper(api, inventory, sight, effects, time);
    Account account = new Account("default", inventory, runner, attempts, sweeper, accountGuard);
    Locks locks = new Locks();
    AuditTrail trail = event -> world.said("audit " + event);
    DriftReport drift = new DriftReport(trail, DriftObserver.NONE, world.clock());
    clinics =
        new ReconcileLoop<>(
            new ClinicKind(
                account,
                settings,
                new AgentAPIKeeper(world.keys()),
                world::nonce,
                AgentObserver.NONE,
                trail,
                world.clock()),
            locks,
            drift);
    services =
        new ReconcileLoop<>(
            new ServiceKind(account, settings, world::nonce, ExpiryObserver.NONE, world.clock()),
            locks,
            drift);
    sessions = new SessionReconciler(Duration.ofDays(30), trail, world.clock());
    controllers.begin();
  }

  Work work() {
    return work;
  }

  Controllers controllers() {
    return controllers;
  }

  Sweeper sweeper() {
    return sweeper;
  }

  Budget budget() {
    return budget;
  }

  /** Goes over the objects whose turn it is in the budget. */
  void call() {
    budget.calls().forEach(party -> controllers.due(party.kind(), party.namespace(), party.name()));
  }

  VirtualRequeue requeue() {
    return requeue;
  }

  boolean isLeading() {
    return leading;
  }

  /** Another process has the lead from now on. */
  void loseLead() {
    leading = false;
  }

  /** Makes a pass over an object, or the part of it that the operator SDK makes. */
  Optional<Outcome> pass(Work.Item item) {
    Caches caches = controllers.of(item.kind());
    Optional<? extends HasMetadata> found =
        caches.one(Controllers.TYPES.get(item.kind()), item.namespace(), item.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    HasMetadata object = found.get();
    String finalizer = Controllers.FINALIZERS.get(item.kind());
    boolean held = object.getMetadata().getFinalizers().contains(finalizer);
    PassCluster cluster = new PassCluster(world, caches, guard, object);
    if (!object.isMarkedForDeletion()) {
      if (!held) {
        guard.check();
        caches.wrote(
            world.crossWrite(
                "add the finalizer of " + item,
                () -> world.server().addFinalizer(object, finalizer)));
        work.now(item, world.now());
        return Optional.empty();
      }
      return Optional.of(reconcile(object, cluster));
    }
    if (!held) {
      return Optional.empty();
    }
    Outcome outcome = cleanUp(object, cluster);
    if (outcome.finished()) {
      guard.check();
      world.crossWrite(
          "remove the finalizer of " + item,
          () -> {
            world.server().removeFinalizer(object, finalizer);
            return object;
          });
      return Optional.empty();
    }
    return Optional.of(outcome);
  }

  private Outcome reconcile(HasMetadata object, PassCluster cluster) {
    if (object instanceof ClinicSession session) {
      return sessions.reconcile(session, cluster);
    }
    orphans.left(Owner.of(object));
    Outcome outcome =
        object instanceof Clinic clinic
            ? clinics.reconcile(clinic, cluster)
            : services.reconcile((ClinicService) object, cluster);
    requeue.handedOver(object);
    Long observed = observed(object);
    boolean changed = observed != null && !observed.equals(object.getMetadata().getGeneration());
    if (outcome.freed() || changed) {
      requeue.refused();
    }
    return outcome;
  }

  private Outcome cleanUp(HasMetadata object, PassCluster cluster) {
    if (object instanceof ClinicSession session) {
      return sessions.cleanUp(session, cluster);
    }
    Owner owner = Owner.of(object);
    if (deletes(object, cluster) && !Annotations.isAbandoned(object)) {
      orphans.leaves(owner, serviceUser(object));
    } else {
      orphans.left(owner);
    }
    Outcome outcome =
        object instanceof Clinic clinic
            ? clinics.cleanUp(clinic, cluster)
            : services.cleanUp((ClinicService) object, cluster);
    if (outcome.freed()) {
      requeue.refused();
    }
    if (outcome.finished()) {
      orphans.left(owner);
    }
    return outcome;
  }

  private static boolean deletes(HasMetadata object, Cluster cluster) {
    if (object instanceof Clinic clinic) {
      return clinic.getSpec().deletionPolicy() == DeletionPolicy.Delete;
    }
    ClinicService service = (ClinicService) object;
    return cluster
            .clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name())
            .map(clinic -> clinic.getSpec().deletionPolicy())
            .or(
                () ->
                    Optional.ofNullable(service.getStatus()).map(status -> status.deletionPolicy()))
            .orElse(DeletionPolicy.Delete)
        == DeletionPolicy.Delete;
  }

  private static Optional<String> serviceUser(HasMetadata object) {
    return object instanceof Clinic clinic
            && clinic.getStatus() != null
            && clinic.getStatus().serviceUser() != null
        ? Optional.of(clinic.getStatus().serviceUser().id())
        : Optional.empty();
  }

  private static Long observed(HasMetadata object) {
    if (object instanceof Clinic clinic) {
      return clinic.getStatus() == null ? null : clinic.getStatus().observedGeneration();
    }
    ClinicService service = (ClinicService) object;
    return service.getStatus() == null ? null : service.getStatus().observedGeneration();
  }

  /** The kinds by which a finished instance could be recognised in a trace. */
  @Override
  public String toString() {
    return "Instance" + Map.of("leading", leading);
  }
}
