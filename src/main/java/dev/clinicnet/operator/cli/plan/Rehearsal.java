package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicKind;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.InMemoryAccount;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reference.References;
import dev.clinicnet.operator.service.ServiceKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Runs the operator itself on a cluster and an account in memory, until no step is left. */
final class Rehearsal {
  /** The maximum number of passes, which is more than any chain of dependent steps needs. */
  private static final int MOST_PASSES = 20;

  private final PlannedManifests manifests;
  private final List<HasMetadata> deleted;
  private final Inventory inventory = new Inventory();
  private final InMemoryAccount platform;
  private final List<Change> changes = new ArrayList<>();
  private final ImaginedCluster cluster;
  private final ReconcileLoop<Clinic> clinics;
  private final ReconcileLoop<ClinicService> services;

  /** Sets the object whose writes follow. */
  private Owner owner;

  /**
   * A rehearsal that applies the files, and then deletes the objects of others.
   *
   * @param deleted the objects to delete
   * @param base a complete rehearsal of the manifests that are applied now; empty if they are not
   *     given
   */
  Rehearsal(
      PlannedManifests manifests,
      List<HasMetadata> deleted,
      AccountListing listing,
      Scope scope,
      Optional<Rehearsal> base) {
    this.manifests = manifests;
    this.deleted = deleted;
    Settings settings = scope.settings();
    Instant instant = scope.now();
    this.platform =
        new InMemoryAccount(
            instant.toString(), (kind, n) -> "(new " + n + ")", id -> id, this::note);
    listing.rows().forEach((resource, rows) -> rows.forEach(row -> platform.put(resource, row)));
    list();
    this.cluster =
        new ImaginedCluster(
            manifests,
            deleted.stream().filter(Clinic.class::isInstance).map(Clinic.class::cast).toList(),
            inventory,
            scope,
            base.map(rehearsal -> rehearsal.cluster));
    Clock clock = Clock.fixed(instant, ZoneOffset.UTC);
    Attempts attempts = new Attempts();
    Account account =
        Account.unswept(
            NgrokAccount.DEFAULT,
            platform,
            inventory,
            new PlanRunner(platform, inventory, attempts, clock),
            attempts,
            clock);
    Locks locks = new Locks();
    Supplier<String> nonces = () -> "plan";
    DriftReport drift = new DriftReport(AuditTrail.NONE, DriftObserver.NONE, clock);
    this.clinics =
        new ReconcileLoop<>(
            new ClinicKind(
                account,
                settings,
                new AgentAPIKeeper(new SecureRandom()),
                nonces,
                AgentObserver.NONE,
                AuditTrail.NONE,
                clock),
            locks,
            drift);
    this.services =
        new ReconcileLoop<>(
            new ServiceKind(account, settings, nonces, ExpiryObserver.NONE, clock), locks, drift);
    manifests.services().values().forEach(service -> LostMarks.recall(service, inventory));
  }

  /** Carries it out, and returns it. */
  Rehearsal run() {
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      int before = changes.size();
      manifests.clinics().values().forEach(this::reconcile);
      manifests.services().values().forEach(this::reconcile);
      deleted.forEach(this::cleanUp);
      list();
      // An object may wait for a name that another one releases.
      if (pass > 0 && changes.size() == before) {
        break;
      }
    }
    return this;
  }

  /** The requests that it has sent to the account in memory. */
  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** The differences in the cluster. */
  List<KubernetesChange> kubernetes(Set<Owner> known) {
    return new KubernetesChanges(known, this::differsAtSite)
        .between(cluster.start(), cluster.published());
  }

  /**
   * Whether the connected agent of a Clinic runs with another configuration than its site kit has;
   * empty if that is not known. The hash covers the password of an agent's API, a certificate at
   * the agent and the secrets of internal locks, which only the cluster knows.
   */
  private Optional<Boolean> differsAtSite(Owner owner) {
    boolean assumed =
        cluster.servicesBy(ClaimKeys.clinic(owner.namespace(), owner.name())).stream()
            .anyMatch(service -> References.endsAtAgent(service) || service.getSpec().locked());
    return cluster
        .clinic(owner.namespace(), owner.name())
        .filter(clinic -> !assumed && clinic.getSpec().agent().api() == null)
        .map(clinic -> clinic.getStatus().siteKit())
        .filter(kit -> kit.installedHash() != null)
        .map(kit -> !kit.installedHash().equals(kit.configHash()));
  }

  /** The content of the account at the start and after each pass. */
  Inventory inventory() {
    return inventory;
  }

  private void reconcile(Clinic clinic) {
    owner = Owner.of(clinic);
    clinics.reconcile(clinic, cluster);
  }

  private void reconcile(ClinicService service) {
    owner = Owner.of(service);
    services.reconcile(service, cluster);
  }

  private void cleanUp(HasMetadata object) {
    owner = Owner.of(object);
    if (object instanceof Clinic clinic) {
      if (clinics.cleanUp(clinic, cluster).finished()) {
        cluster.collect(clinic);
      }
    } else if (object instanceof ClinicService service) {
      services.cleanUp(service, cluster);
    }
  }

  private void note(
      Resource<?, ?, ?> resource, RemoteObject before, RemoteObject after, Object body) {
    Action action =
        before == null
            ? Action.CREATE
            : after != null
                ? Action.UPDATE
                : resource.equals(Resource.TUNNEL_SESSIONS) ? Action.STOP : Action.DELETE;
    boolean secret =
        body instanceof VaultSecret.Create
            || (body instanceof VaultSecret.Update changed && changed.value() != null);
    changes.add(new Change(owner, action, resource, before, after, secret));
  }

  private void list() {
    Resource.ALL.forEach(this::list);
  }

  private <T extends RemoteObject> void list(Resource<T, ?, ?> resource) {
    long begun = inventory.beginSweep(resource);
    inventory.completeSweep(resource, begun, platform.list(resource, Lane.SWEEP));
  }
}
