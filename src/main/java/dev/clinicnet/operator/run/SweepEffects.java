package dev.clinicnet.operator.run;

import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.account.AccountGuard.Mismatch;
import dev.clinicnet.operator.account.SweepListener;
import dev.clinicnet.operator.account.UndoWindow;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What follows from a sweep: the account is judged, names are released, objects are woken. */
final class SweepEffects implements SweepListener {
  private static final String CLINIC = "Clinic";

  private final Wakes wakes;
  private final Inventory inventory;
  private final AccountGuard guard;
  private final UndoWindow undoWindow;
  private final Passes passes;
  private boolean first = true;
  private boolean verdictChanged;
  private String trouble;

  SweepEffects(
      Wakes wakes, Inventory inventory, AccountGuard guard, UndoWindow undoWindow, Passes passes) {
    this.passes = passes;
    this.wakes = wakes;
    this.inventory = inventory;
    this.guard = guard;
    this.undoWindow = undoWindow;
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    Optional<Mismatch> before = guard.blocking(null);
    List<KnownID> ids =
        knownIDs().stream().filter(id -> resources.contains(id.resource())).toList();
    guard.check(ids, missing, complete);
    verdictChanged = !before.equals(guard.blocking(null));
  }

  @Override
  public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
    if (complete && guard.blocking(null).isEmpty()) {
      if (passes.run(() -> undoWindow.release(this::wanted), false)) {
        wakes.refused();
      }
    }
    if (first || trouble != null || verdictChanged) {
      first = false;
      trouble = null;
      wakes.all();
    } else {
      changed.forEach(this::wakeFor);
      if (!changed.isEmpty()) {
        // A public URL or an internal one may have become free.
        wakes.refused();
      }
      waiters.forEach(this::wake);
    }
  }

  @Override
  public void failed(NgrokException failure) {
    if (!failure.getMessage().equals(trouble)) {
      trouble = failure.getMessage();
      wakes.all();
    }
  }

  private void wakeFor(RemoteObject row) {
    if (row instanceof Endpoint endpoint && !endpoint.isCloud()) {
      // No mark is looked for: its metadata is whatever the agent says.
      wakeBinders(endpoint);
      return;
    }
    Optional<Owner> owner = mark(row).flatMap(Mark::owner);
    if (owner.isPresent()) {
      wake(owner.get());
    } else if (row instanceof TunnelSession session && session.credential() != null) {
      // A session outlives its credential: whose it was, their statuses know.
      clinicOf(session).ifPresentOrElse(this::wake, wakes::all);
    } else if (row instanceof Endpoint endpoint) {
      wakeBinders(endpoint);
    } else if (row instanceof Vault || row instanceof VaultSecret) {
      // Whoever waits for its name was refused, and is woken as such.
      return;
    } else {
      // A domain, user or credential that carries no owner: somebody may wait for its name.
      wakes.all();
    }
  }

  private Optional<Owner> clinicOf(TunnelSession session) {
    return Optional.ofNullable(session.credential())
        .flatMap(credential -> inventory.byID(Resource.CREDENTIALS, credential.id()).optional())
        .flatMap(SweepEffects::mark)
        .flatMap(Mark::owner);
  }

  /** An agent has bound or lost an endpoint: one of its Clinic's, or one that nobody asked for. */
  private void wakeBinders(Endpoint endpoint) {
    if (endpoint.tunnelSession() != null) {
      inventory
          .byID(Resource.TUNNEL_SESSIONS, endpoint.tunnelSession().id())
          .optional()
          .flatMap(this::clinicOf)
          .ifPresent(this::wake);
    }
    if (endpoint.url() == null) {
      return;
    }
    String rest = endpoint.url().substring(endpoint.url().indexOf("://") + 3);
    String host = rest.contains(":") ? rest.substring(0, rest.indexOf(':')) : rest;
    for (String suffix : DomainNames.suffixes(host)) {
      wakes.clinics().byIndex("claims", ClaimKeys.internal(suffix)).forEach(this::wakeAll);
    }
  }

  private void wakeAll(Clinic clinic) {
    wakes.clinic(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
    String key =
        ClaimKeys.clinic(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
    wakes.services().byIndex("claims", key).stream()
        .map(ResourceID::fromResource)
        .forEach(wakes.serviceEvents()::propagateEvent);
  }

  private void wake(Owner owner) {
    if (owner.kind().equals(CLINIC)) {
      wakes.clinic(owner.namespace(), owner.name());
    } else {
      wakes.service(owner.namespace(), owner.name());
    }
  }

  /** A service wants its address as long as it is there, a Clinic only the domains it lists. */
  private boolean wanted(Owner owner, String name) {
    ResourceID id = new ResourceID(owner.name(), owner.namespace());
    return owner.kind().equals(CLINIC)
        ? wakes
            .clinics()
            .get(id)
            .filter(c -> !c.isMarkedForDeletion())
            .filter(c -> c.getSpec().domains().stream().anyMatch(d -> d.name().equals(name)))
            .isPresent()
        : wakes.services().get(id).filter(s -> !s.isMarkedForDeletion()).isPresent();
  }

  private List<KnownID> knownIDs() {
    List<KnownID> ids = new ArrayList<>();
    wakes.clinics().list().filter(c -> !c.isMarkedForDeletion()).forEach(c -> add(c, ids));
    wakes.services().list().filter(s -> !s.isMarkedForDeletion()).forEach(s -> add(s, ids));
    return ids;
  }

  private static void add(Clinic clinic, List<KnownID> ids) {
    var status = clinic.getStatus();
    if (status == null) {
      return;
    }
    status.domains().forEach(d -> add(Resource.RESERVED_DOMAINS, d.id(), ids));
    if (status.serviceUser() != null) {
      add(Resource.SERVICE_USERS, status.serviceUser().id(), ids);
    }
    if (status.authtoken() != null) {
      add(Resource.CREDENTIALS, status.authtoken().credentialID(), ids);
    }
    if (status.agentAPI() != null && status.agentAPI().endpoint() != null) {
      add(Resource.ENDPOINTS, status.agentAPI().endpoint().id(), ids);
    }
  }

  private static void add(ClinicService service, List<KnownID> ids) {
    var status = service.getStatus();
    if (status == null) {
      return;
    }
    if (status.address() != null) {
      add(Resource.RESERVED_ADDRS, status.address().id(), ids);
    }
    if (status.endpoint() != null) {
      add(Resource.ENDPOINTS, status.endpoint().id(), ids);
    }
    status.vaultSecrets().forEach(s -> add(Resource.VAULT_SECRETS, s.id(), ids));
  }

  private static void add(Resource<?, ?, ?> resource, String id, List<KnownID> ids) {
    if (id != null) {
      ids.add(new KnownID(resource, id));
    }
  }

  private static Optional<Mark> mark(RemoteObject row) {
    if (row instanceof ReservedDomain domain) {
      return Mark.parse(domain.metadata());
    }
    if (row instanceof ReservedAddr addr) {
      return Mark.parse(addr.metadata());
    }
    if (row instanceof Credential credential) {
      return Mark.parse(credential.metadata());
    }
    if (row instanceof VaultSecret secret) {
      return Mark.parse(secret.metadata());
    }
    return row instanceof Endpoint endpoint ? Mark.parse(endpoint.metadata()) : Optional.empty();
  }
}
