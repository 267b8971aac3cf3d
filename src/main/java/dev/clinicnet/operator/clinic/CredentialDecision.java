package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  private final boolean accepted;
  private final List<String> wanted;
  private final Optional<Credential> published;
  private Instant requeueAt;

  /**
   * A decision.
   *
   * @param accepted whether the manifest is; else nothing else is wanted than what was programmed
   */
  CredentialDecision(ClinicObservation observation, boolean accepted) {
    this.o = observation;
    this.accepted = accepted || AgentPermissions.programmed(o).isEmpty();
    this.wanted = this.accepted ? AgentPermissions.of(o) : AgentPermissions.kept(o);
    this.own = o.credentials();
    Optional<String> id = o.secret().credentialID();
    this.published = own.stream().filter(c -> id.filter(c.id()::equals).isPresent()).findFirst();
  }

  /** Decides; call it once, before the other methods. */
  CredentialDecision decide() {
    Finding<ServiceUser> user = ServiceUserDecision.user(o);
    steps.addAll(ServiceUserDecision.steps(o));
    if (published.isPresent() || user.isPresent()) {
      publish(user);
    }
    steps.addAll(AgentPermissions.narrow(o));
    retire();
    return this;
  }

  /** Whether something is missing that may or may not be there. */
  boolean isUnknown() {
    return published.isEmpty()
        && (ServiceUserDecision.user(o).isUnknown()
            || !o.inventory().isKnown(Resource.CREDENTIALS));
  }

  List<Step> steps() {
    return steps;
  }

  /** The credential whose token is in the Secret, once it is. */
  Optional<Credential> published() {
    return published;
  }

  /** When a retiring credential may be due. */
  Optional<Instant> requeueAt() {
    return Optional.ofNullable(requeueAt);
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
        published.filter(this::permitsWhatItShould).isPresent()
            ? wanted
            : AgentPermissions.programmed(o),
        retiring,
        firstUsedAt());
  }

  /** A new credential begins anew: it is installed when an agent is seen to use it. */
  private String firstUsedAt() {
    AuthtokenStatus last = o.status().authtoken();
    if (published.isEmpty()) {
      return null;
    }
    String id = published.get().id();
    if (last != null && id.equals(last.credentialID()) && last.firstUsedAt() != null) {
      return last.firstUsedAt();
    }
    return sessions(id).isEmpty() ? null : o.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private boolean permitsWhatItShould(Credential credential) {
    return new HashSet<>(credential.acl()).equals(new HashSet<>(wanted));
  }

  private void publish(Finding<ServiceUser> user) {
    Optional<String> pending = o.secret().pendingNonce();
    List<Credential> lost =
        own.stream().filter(c -> pending.equals(nonce(c)) && pending.isPresent()).toList();
    if (published.isEmpty() && !lost.isEmpty()) {
      // Its token was never published: provably nobody has it.
      lost.forEach(c -> steps.add(new Step.Delete(Resource.CREDENTIALS, c.id(), c.id())));
      return;
    }
    boolean known = o.inventory().isKnown(Resource.CREDENTIALS);
    Diff diff =
        Diff.of(
            new Wanted<>(
                Resource.CREDENTIALS,
                published.map(Credential::id).orElse("of " + o.owner()),
                o.mark(),
                false,
                o.lane(),
                knownID()
                    .map(id -> Known.marked(Resource.CREDENTIALS, id, id, o.inventory(), o.mark())),
                () ->
                    new Credential.Create(
                        description(),
                        o.mark().withNonce(pending.orElse(o.freshNonce())).text(),
                        wanted,
                        user.get().id()),
                this::correction,
                this::change),
            Finding.of(published, known));
    steps.addAll(diff.steps());
  }

  /** A lost Secret is no drift, nor is what a quarantine has deleted. */
  private Optional<String> knownID() {
    Optional<AuthtokenStatus> last = Optional.ofNullable(o.status().authtoken());
    return published.isPresent()
        ? last.map(AuthtokenStatus::credentialID)
        : o.secret()
            .credentialID()
            .filter(o.knownCredentialIDs()::contains)
            .filter(id -> last.isPresent() && o.status().quarantinedSince() == null);
  }

  private String description() {
    return "Agent of Clinic " + o.owner().name();
  }

  private Credential.Update correction(Credential credential, Comparison comparison) {
    boolean edited = hasOtherACL(credential) && isProgrammed();
    if (edited) {
      comparison.add(Field.ACL, wanted.toString(), credential.acl().toString());
    }
    return new Credential.Update(
        comparison.description(description(), credential.description()),
        comparison.mark(credential),
        edited ? wanted : null);
  }

  private Optional<Credential.Update> change(Credential credential, Credential.Update correction) {
    return correction.acl() == null && hasOtherACL(credential)
        ? Optional.of(new Credential.Update(null, null, wanted))
        : Optional.empty();
  }

  /** Whether it permits something else, and not only what is taken from it anyway. */
  private boolean hasOtherACL(Credential credential) {
    return AgentPermissions.narrowing(o, credential).isEmpty() && !permitsWhatItShould(credential);
  }

  /** Whether what is wanted was programmed before, so that another ACL is an edit at ngrok. */
  private boolean isProgrammed() {
    return !accepted || AgentPermissions.programmed(o).equals(wanted);
  }

  private void retire() {
    Optional<String> pending = o.secret().pendingNonce();
    for (Credential credential : own) {
      boolean isPublished = published.filter(p -> p.id().equals(credential.id())).isPresent();
      boolean isPending = pending.isPresent() && pending.equals(nonce(credential));
      if (isPublished || isPending) {
        continue;
      }
      retire(credential.id());
    }
    for (String id : gone()) {
      // Deleting a credential does not end the sessions that it began.
      if (!sessions(id).isEmpty() || !o.inventory().isKnown(Resource.TUNNEL_SESSIONS)) {
        retire(id);
      }
    }
  }

  private void retire(String id) {
    Optional<Instant> before = since(id);
    Instant since = before.orElse(o.now().truncatedTo(ChronoUnit.SECONDS));
    retiring.add(new RetiringCredential(id, since.toString()));
    // Until the new token is published there is nothing that could take its place.
    if (published.isPresent()) {
      // Written down first: else its sessions would be forgotten if the operator died now.
      if (before.isEmpty()) {
        requeueAt(since);
      } else {
        revokeWhenDue(id, since);
      }
    }
  }

  /** The credentials that the status speaks of and that are not there any more. */
  private Set<String> gone() {
    Set<String> ids = new LinkedHashSet<>();
    AuthtokenStatus status = o.status().authtoken();
    if (status != null) {
      status.retiring().forEach(r -> ids.add(r.credentialID()));
      if (status.credentialID() != null) {
        ids.add(status.credentialID());
      }
    }
    own.forEach(credential -> ids.remove(credential.id()));
    return ids;
  }

  private void requeueAt(Instant when) {
    requeueAt = requeueAt == null || when.isBefore(requeueAt) ? when : requeueAt;
  }

  private void revokeWhenDue(String old, Instant since) {
    Duration overlap = Durations.parse(o.clinic().getSpec().agent().authtoken().overlap());
    Instant due = since.plus(overlap);
    if (o.now().isBefore(due)) {
      requeueAt(due);
      return;
    }
    boolean whenUnused =
        o.clinic().getSpec().agent().authtoken().revokeOld() == RevokeOld.WhenUnused;
    List<TunnelSession> using = sessions(old);
    boolean wouldCutOff = !using.isEmpty() && sessions(published.orElseThrow().id()).isEmpty();
    if (whenUnused && (wouldCutOff || !o.inventory().isKnown(Resource.TUNNEL_SESSIONS))) {
      return;
    }
    if (own.stream().anyMatch(credential -> credential.id().equals(old))) {
      steps.add(new Step.Delete(Resource.CREDENTIALS, old, old));
    }
    using.forEach(session -> steps.add(new Step.StopSession(session.id())));
  }

  private List<TunnelSession> sessions(String credentialID) {
    return o.inventory().lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(credentialID));
  }

  /** Since when the status says that a credential is retiring. */
  private Optional<Instant> since(String credentialID) {
    AuthtokenStatus status = o.status().authtoken();
    return status == null
        ? Optional.empty()
        : status.retiring().stream()
            .filter(r -> r.credentialID().equals(credentialID))
            .map(r -> Instant.parse(r.since()))
            .findFirst();
  }

  private static Optional<String> nonce(Credential credential) {
    return Mark.parse(credential.metadata()).map(Mark::nonce);
  }
}
