package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.SweepListener;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicReconciler;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.service.ServiceReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The operator itself, at work on a cluster and an account that are both imagined, until it has
 * nothing left to do.
 */
final class Rehearsal {
  /** More than any chain of steps that rest on each other. */
  private static final int MOST_PASSES = 20;

  private static final Duration NEVER = Duration.ofDays(365);

  private final PlannedManifests manifests;
  private final Inventory inventory = new Inventory();
  private final ImaginedAccount platform;
  private final ImaginedCluster cluster;
  private final ClinicReconciler clinics;
  private final ServiceReconciler services;

  Rehearsal(
      PlannedManifests manifests, AccountListing listing, Settings settings, Instant instant) {
    this.manifests = manifests;
    this.platform = new ImaginedAccount(listing, instant);
    list();
    this.cluster = new ImaginedCluster(manifests, inventory, settings.instance());
    Clock clock = Clock.fixed(instant, ZoneOffset.UTC);
    Attempts attempts = new Attempts();
    Account account =
        new Account(
            "plan",
            inventory,
            new PlanRunner(platform, inventory, attempts, clock),
            attempts,
            // Never started: what it is asked for is listed after each pass.
            new Sweeper(platform, inventory, NEVER, NEVER, new Nobody()),
            rightAccount());
    Locks locks = new Locks();
    Supplier<String> nonces = () -> "plan";
    this.clinics =
        new ClinicReconciler(
            account,
            settings,
            locks,
            new AgentAPIKeeper(new SecureRandom()),
            nonces,
            AgentObserver.NONE,
            AuditTrail.NONE,
            clock);
    this.services =
        new ServiceReconciler(account, settings, locks, nonces, ExpiryObserver.NONE, clock);
    manifests.services().values().forEach(service -> LostMarks.recall(service, inventory));
  }

  /** Has the files applied, and afterwards the objects of others deleted. */
  List<Change> run(List<HasMetadata> deleted) {
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      int before = platform.changes().size();
      manifests.clinics().values().forEach(this::reconcile);
      manifests.services().values().forEach(this::reconcile);
      deleted.forEach(this::cleanUp);
      list();
      // What one object lets go of, another may have been waiting for.
      if (pass > 0 && platform.changes().size() == before) {
        break;
      }
    }
    return platform.changes();
  }

  /** What the account holds, to begin with and after each pass. */
  Inventory inventory() {
    return inventory;
  }

  private void reconcile(Clinic clinic) {
    platform.actFor(PlannedManifests.owner(clinic));
    clinics.reconcile(clinic, cluster);
  }

  private void reconcile(ClinicService service) {
    platform.actFor(PlannedManifests.owner(service));
    services.reconcile(service, cluster);
  }

  private void cleanUp(HasMetadata object) {
    platform.actFor(PlannedManifests.owner(object));
    if (object instanceof Clinic clinic) {
      clinics.cleanUp(clinic, cluster);
    } else if (object instanceof ClinicService service) {
      services.cleanUp(service, cluster);
    }
  }

  private void list() {
    Resource.ALL.forEach(this::list);
  }

  private <T extends RemoteObject> void list(Resource<T, ?, ?> resource) {
    long begun = inventory.beginSweep(resource);
    inventory.completeSweep(resource, begun, platform.list(resource, Lane.SWEEP));
  }

  /** There are no statuses that could speak of another account. */
  private static AccountGuard rightAccount() {
    AccountGuard guard = new AccountGuard();
    guard.check(List.of(), id -> false, true);
    return guard;
  }

  private static final class Nobody implements SweepListener {
    @Override
    public void listed(
        Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {}

    @Override
    public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {}

    @Override
    public void failed(NgrokException failure) {}
  }
}
