package dev.clinicnet.operator.account;

import dev.clinicnet.operator.account.AccountGuard.Mismatch;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HeldIDs;
import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from a sweep: the account is judged, names are released, objects are requeued. */
public final class SweepEffects implements SweepListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(SweepEffects.class);

  private static final Duration LONGEST_SPAN = Duration.ofSeconds(30);

  private final Requeue requeue;
  private final Owners owners;
  private final Inventory inventory;
  private final AccountGuard guard;
  private final UndoWindow undoWindow;
  private final StrayEndpoints strays;
  private final RevokedEndpoints revoked;
  private final Orphans orphans;
  private final Gate gate;
  private final Sight sight;
  private final Attempts attempts;
  private final Supplier<Set<Owner>> places;
  private final Duration span;
  private boolean first = true;
  private boolean verdictChanged;
  private boolean failing;
  private Map<String, Reason> losses = Map.of();

  /**
   * The effects.
   *
   * @param places wakes the objects that keep a place in the request budget while the account is
   *     not listed, and gives them: each is requeued when it is its turn
   * @param span the time over which all objects are requeued when the account becomes unknown or
   *     known again, if that is not too long
   */
  public SweepEffects(
      Requeue requeue,
      Inventory inventory,
      AccountGuard guard,
      UndoWindow undoWindow,
      Orphans orphans,
      StrayEndpoints strays,
      RevokedEndpoints revoked,
      Gate gate,
      Sight sight,
      Attempts attempts,
      Supplier<Set<Owner>> places,
      Duration span) {
    this.strays = strays;
    this.revoked = revoked;
    this.gate = gate;
    this.sight = sight;
    this.attempts = attempts;
    this.places = places;
    this.span = span.compareTo(LONGEST_SPAN) < 0 ? span : LONGEST_SPAN;
    this.requeue = requeue;
    this.owners = new Owners(requeue);
    this.inventory = inventory;
    this.guard = guard;
    this.undoWindow = undoWindow;
    this.orphans = orphans;
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    Optional<Mismatch> before = guard.blocking(null);
    List<KnownID> ids =
        Stream.<HasMetadata>concat(requeue.allClinics(), requeue.allServices())
            .filter(object -> !object.isMarkedForDeletion())
            .flatMap(object -> HeldIDs.inUse(object).stream())
            .filter(id -> resources.contains(id.resource()))
            .toList();
    guard.records(
        requeue
            .allClinics()
            .map(clinic -> ClinicStatus.of(clinic).serviceUser())
            .filter(Objects::nonNull)
            .map(ServiceUserStatus::accountID)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
    guard.check(ids, missing, complete);
    verdictChanged = !before.equals(guard.blocking(null));
  }

  @Override
  public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
    if (complete) {
      // Only now the inventory has the lists of this account.
      inventory.isOf(guard.account().orElse(null));
    }
    if (complete && guard.blocking(null).isEmpty()) {
      boolean removed = gate.run(() -> orphans.sweep(owners::isGone), false);
      boolean released = gate.run(() -> undoWindow.release(owners::wants), false);
      boolean closed = gate.run(() -> revoked.close(owners::isGone), false);
      if (removed || released || closed) {
        requeue.refused();
      }
      gate.run(() -> strays.close(new Holders(requeue)), Set.<Owner>of()).forEach(requeue::owner);
    }
    if (failing) {
      attempts.forgetOutage();
    }
    // Whoever has a place comes when it is its turn. All at once would only hold up each other.
    Set<Owner> inTurn = places.get();
    if (failing) {
      failing = false;
      requeue.notProgrammed(owner -> !inTurn.contains(owner));
      requeueAtLosses();
    }
    if (first || verdictChanged) {
      first = false;
      requeue.all();
    } else {
      changed.forEach(this::requeueFor);
      if (!changed.isEmpty()) {
        // A public URL or an internal one may have become free.
        requeue.refused();
      }
      waiters.stream().filter(owner -> !inTurn.contains(owner)).forEach(requeue::owner);
    }
  }

  @Override
  public boolean expectsRevocations() {
    return requeue.allClinics().anyMatch(clinic -> PendingRevocation.isOf(clinic, inventory));
  }

  @Override
  public void failed(NgrokException failure) {
    failing = true;
    requeueAtLosses();
  }

  /** The knowledge about the account has changed, so every object has to report it. */
  private void requeueAtLosses() {
    Map<String, Reason> now = sight.losses();
    if (!now.equals(losses)) {
      if (!losses.entrySet().containsAll(now.entrySet())) {
        warn(now.keySet());
      }
      losses = now;
      requeue.over(span);
    }
  }

  /** Says it once for all objects, in the words of their conditions. */
  private void warn(Set<String> lost) {
    sight
        .unseen(Account.NEEDED)
        .or(sight::unseenAgents)
        .or(() -> sight.unseen(Resource.ALL))
        .ifPresent(
            unseen ->
                LOGGER.warn(
                    "What the ngrok account holds is not known ({}): {}: {}",
                    String.join(", ", lost),
                    unseen.reason(),
                    unseen.text()));
  }

  private void requeueFor(RemoteObject row) {
    Optional<Owner> owner = Mark.on(row).flatMap(Mark::owner);
    if (owner.isPresent()) {
      requeue.owner(owner.get());
      return;
    }
    switch (Resource.of(row).audience()) {
      case EVERYBODY -> requeue.all();
      // A session outlives its credential. The statuses say whose credential it was.
      case CLINIC_OF_CREDENTIAL -> clinicOf(row).ifPresentOrElse(requeue::owner, requeue::all);
      case BINDERS -> requeueBinders(row);
      case VAULT_USERS ->
          requeue
              .allServices()
              .filter(s -> !ClinicServiceStatus.of(s).vaultSecrets().isEmpty())
              .forEach(s -> requeue.owner(Owner.of(s)));
      case NOBODY -> {}
    }
  }

  private Optional<Owner> clinicOf(RemoteObject session) {
    return Optional.ofNullable(session.parent())
        .flatMap(credential -> inventory.mark(Resource.CREDENTIALS, credential.id()))
        .flatMap(Mark::owner);
  }

  /**
   * Requeues for an endpoint that an agent has bound or lost, whether a manifest asks for it or
   * not.
   */
  private void requeueBinders(RemoteObject endpoint) {
    if (endpoint.parent() != null) {
      inventory
          .byID(Resource.TUNNEL_SESSIONS, endpoint.parent().id())
          .optional()
          .flatMap(this::clinicOf)
          .ifPresent(requeue::owner);
    }
    String url = endpoint.naturalKey();
    if (url == null) {
      return;
    }
    String rest = url.substring(url.indexOf("://") + 3);
    String host = rest.contains(":") ? rest.substring(0, rest.indexOf(':')) : rest;
    List<Clinic> clinics =
        DomainNames.suffixes(host).stream()
            .flatMap(suffix -> requeue.clinicsBy(ClaimKeys.internal(suffix)).stream())
            .toList();
    clinics.forEach(this::requeueWithServices);
    if (clinics.isEmpty()) {
      // A service whose Clinic is gone may still remember the endpoint.
      requeue
          .allServices()
          .filter(service -> url.equals(ClinicServiceStatus.of(service).internalURL()))
          .forEach(service -> requeue.owner(Owner.of(service)));
    }
  }

  private void requeueWithServices(Clinic clinic) {
    requeue.owner(Owner.of(clinic));
    String key =
        ClaimKeys.clinic(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
    requeue.servicesBy(key).stream().map(Owner::of).forEach(requeue::owner);
  }
}
