package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The service user, its credential, and the credentials on their way out. A token is shown once, so
 * that a credential whose token is not in the Secret is worth nothing to us; but somebody may have
 * installed it, and a lost Secret must not cut a live clinic off.
 */
final class CredentialDecision {
  private final ClinicObservation o;
  private final List<Step> steps = new ArrayList<>();
  private final List<RetiringCredential> retiring = new ArrayList<>();
  private final List<Credential> own;
  private final Optional<Credential> published;
  private Instant wakeAt;

  CredentialDecision(ClinicObservation observation) {
    this.o = observation;
    this.own = o.credentials();
    Optional<String> id = o.secret().credentialID();
    this.published = own.stream().filter(c -> id.filter(c.id()::equals).isPresent()).findFirst();
  }

  /** Decides; call it once, before the other methods. */
  CredentialDecision decide() {
    Finding<ServiceUser> user = user(o);
    if (user.isAbsent()) {
      steps.add(createUser());
    }
    if (published.isPresent()) {
      correct(published.get());
    } else if (user.isPresent()) {
      publish(user.get());
    }
    retire();
    endSessionsOfRevoked();
    return this;
  }

  /** Whether something is missing that may or may not be there. */
  boolean isUnknown() {
    return published.isEmpty()
        && (user(o).isUnknown() || !o.inventory().isKnown(Resource.CREDENTIALS));
  }

  List<Step> steps() {
    return steps;
  }

  /** The credential whose token is in the Secret, once it is. */
  Optional<Credential> published() {
    return published;
  }

  /** When a retiring credential may be due. */
  Optional<Instant> wakeAt() {
    return Optional.ofNullable(wakeAt);
  }

  /**
   * What the status says of it: null before there is a credential, and what it said before while
   * there is none.
   */
  AuthtokenStatus status() {
    if (published.isEmpty() && retiring.isEmpty()) {
      return o.status().authtoken();
    }
    return new AuthtokenStatus(
        published.map(Credential::id).orElse(null),
        published.map(Credential::createdAt).orElse(null),
        published.filter(this::permitsWhatItShould).isPresent() ? acl(o) : programmedACL(),
        retiring);
  }

  private boolean permitsWhatItShould(Credential credential) {
    return new HashSet<>(credential.acl()).equals(new HashSet<>(acl(o)));
  }

  private List<String> programmedACL() {
    return o.status().authtoken() == null ? List.of() : o.status().authtoken().acl();
  }

  static Finding<ServiceUser> user(ClinicObservation o) {
    return o.inventory()
        .find(
            Resource.SERVICE_USERS,
            Keys.name(ClinicNames.serviceUser(o.settings().instance(), o.clinic())));
  }

  /** What the Clinic's agent may bind: never empty, never another clinic's names. */
  static List<String> acl(ClinicObservation o) {
    List<String> acl = new ArrayList<>();
    acl.add("bind:*." + o.internalDomain());
    o.clinic().getSpec().domains().stream()
        .filter(domain -> !domain.shared())
        .map(ClinicDomain::name)
        .sorted()
        .forEach(name -> acl.add("bind:" + name));
    return List.copyOf(acl);
  }

  private Step createUser() {
    String name = ClinicNames.serviceUser(o.settings().instance(), o.clinic());
    return new Step.Create<>(
        Resource.SERVICE_USERS,
        new ServiceUser.Create(name, true),
        name,
        false,
        o.lane(),
        o.status().serviceUser() == null ? Cause.MANIFEST : Cause.DRIFT);
  }

  private void publish(ServiceUser user) {
    Optional<String> pending = o.secret().pendingNonce();
    List<Credential> lost =
        own.stream().filter(c -> pending.equals(nonce(c)) && pending.isPresent()).toList();
    if (!lost.isEmpty()) {
      // Its token was never published: provably nobody has it.
      lost.forEach(c -> steps.add(new Step.Delete(Resource.CREDENTIALS, c.id(), c.id())));
      return;
    }
    if (!o.inventory().isKnown(Resource.CREDENTIALS)) {
      return;
    }
    String nonce = pending.orElse(o.freshNonce());
    steps.add(
        new Step.Create<>(
            Resource.CREDENTIALS,
            new Credential.Create(
                "Agent of Clinic " + o.owner().name(),
                o.mark().withNonce(nonce).text(),
                acl(o),
                user.id()),
            "of " + o.owner(),
            true,
            o.lane(),
            o.status().authtoken() == null ? Cause.MANIFEST : Cause.DRIFT));
  }

  private void correct(Credential credential) {
    Optional<Mark> mark = Mark.parse(credential.metadata());
    boolean active = mark.filter(Mark::isActive).isPresent();
    boolean sameACL = permitsWhatItShould(credential);
    if (sameACL && active) {
      return;
    }
    boolean wasLetGo = mark.filter(m -> !m.isActive()).isPresent();
    String nonce = mark.map(Mark::nonce).orElse(null);
    steps.add(
        new Step.Update<>(
            Resource.CREDENTIALS,
            credential.id(),
            new Credential.Update(
                null, active ? null : o.mark().withNonce(nonce).text(), sameACL ? null : acl(o)),
            credential.id(),
            o.lane(),
            wasLetGo || !programmedACL().equals(acl(o)) ? Cause.MANIFEST : Cause.DRIFT));
  }

  private void retire() {
    Optional<String> pending = o.secret().pendingNonce();
    for (Credential credential : own) {
      boolean isPublished = published.filter(p -> p.id().equals(credential.id())).isPresent();
      boolean isPending = pending.isPresent() && pending.equals(nonce(credential));
      if (isPublished || isPending) {
        continue;
      }
      Instant since = since(credential.id());
      retiring.add(new RetiringCredential(credential.id(), since.toString()));
      // Until the new token is published there is nothing that could take its place.
      if (published.isPresent()) {
        revokeWhenDue(credential, since);
      }
    }
  }

  /** Sessions outlive their credential: one that was revoked is remembered until it has none. */
  private void endSessionsOfRevoked() {
    AuthtokenStatus status = o.status().authtoken();
    if (status == null || published.isEmpty()) {
      return;
    }
    for (RetiringCredential old : status.retiring()) {
      if (own.stream().anyMatch(credential -> credential.id().equals(old.credentialID()))) {
        continue;
      }
      List<TunnelSession> left = sessions(old.credentialID());
      if (!left.isEmpty() || !o.inventory().isKnown(Resource.TUNNEL_SESSIONS)) {
        retiring.add(old);
      }
      if (!wouldCutOff(left)) {
        left.forEach(session -> steps.add(new Step.StopSession(session.id())));
      }
    }
  }

  /** Whether the site would be without an agent if these sessions ended; only if that matters. */
  private boolean wouldCutOff(List<TunnelSession> using) {
    return o.clinic().getSpec().agent().authtoken().revokeOld() == RevokeOld.WhenUnused
        && !using.isEmpty()
        && sessions(published.orElseThrow().id()).isEmpty();
  }

  private void revokeWhenDue(Credential old, Instant since) {
    Duration overlap = Durations.parse(o.clinic().getSpec().agent().authtoken().overlap());
    Instant due = since.plus(overlap);
    if (o.now().isBefore(due)) {
      wakeAt = wakeAt == null || due.isBefore(wakeAt) ? due : wakeAt;
      return;
    }
    boolean whenUnused =
        o.clinic().getSpec().agent().authtoken().revokeOld() == RevokeOld.WhenUnused;
    List<TunnelSession> using = sessions(old.id());
    boolean unknown = whenUnused && !o.inventory().isKnown(Resource.TUNNEL_SESSIONS);
    if (unknown || wouldCutOff(using)) {
      return;
    }
    steps.add(new Step.Delete(Resource.CREDENTIALS, old.id(), old.id()));
    using.forEach(session -> steps.add(new Step.StopSession(session.id())));
  }

  private List<TunnelSession> sessions(String credentialID) {
    return o.inventory().lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(credentialID));
  }

  private Instant since(String credentialID) {
    AuthtokenStatus status = o.status().authtoken();
    if (status == null) {
      return o.now().truncatedTo(ChronoUnit.SECONDS);
    }
    return status.retiring().stream()
        .filter(r -> r.credentialID().equals(credentialID))
        .map(r -> Instant.parse(r.since()))
        .findFirst()
        .orElse(o.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Optional<String> nonce(Credential credential) {
    return Mark.parse(credential.metadata()).map(Mark::nonce);
  }
}
