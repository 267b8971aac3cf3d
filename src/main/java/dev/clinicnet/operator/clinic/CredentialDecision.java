package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Authtoken;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
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
 * The service user, its credential, and the retiring credentials. A token is shown once, so a
 * credential is useless for the operator if its token is not in the Secret. But the token may be
 * installed at a site, and a lost Secret must not cut off a live clinic.
 */
final class CredentialDecision {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final ClinicObservation o;
  private final List<Step> steps = new ArrayList<>();
  private final List<RetiringCredential> retiring = new ArrayList<>();
  private final Assessment assessment;
  private final List<Credential> own;
  private final boolean accepted;
  private final List<String> wanted;
  private final Optional<Credential> published;
  private Instant requeueAt;

  /**
   * A decision.
   *
   * @param assessment receives its verdicts; if it does not accept the manifest, only what was
   *     programmed is wanted
   */
  CredentialDecision(ClinicObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
    this.accepted =
        !assessment.fails(ConditionType.Accepted) || AgentPermissions.programmed(o).isEmpty();
    this.wanted = this.accepted ? AgentPermissions.of(o) : AgentPermissions.kept(o);
    this.own = o.credentials();
    Optional<String> id = o.secret().credentialID();
    this.published = own.stream().filter(c -> id.filter(c.id()::equals).isPresent()).findFirst();
  }

  /** Decides. Call this once, before the other methods. */
  CredentialDecision decide() {
    Finding<ServiceUser> user = ServiceUserDecision.user(o);
    if (accepted) {
      steps.addAll(AdoptedCredentials.mark(o));
    }
    boolean issues = !o.keepsAuthtoken();
    if (issues) {
      steps.addAll(ServiceUserDecision.steps(o));
    }
    if (issues && (published.isPresent() || user.isPresent())) {
      publish(user);
    }
    steps.addAll(AgentPermissions.narrow(o));
    if (issues) {
      retire();
      o.rotation().requeueAt(o.now()).ifPresent(this::requeueAt);
    }
    if (isUnknown()) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The credentials at ngrok are being listed anew."));
    }
    return this;
  }

  /** Whether a missing object may exist. */
  private boolean isUnknown() {
    return published.isEmpty()
        && (ServiceUserDecision.user(o).isUnknown()
            || !o.inventory().isKnown(Resource.CREDENTIALS));
  }

  List<Step> steps() {
    return steps;
  }

  /** The credential whose token is in the Secret; empty before. */
  Optional<Credential> published() {
    return published;
  }

  /** The time at which a retiring credential may be due. */
  Optional<Instant> requeueAt() {
    return Optional.ofNullable(requeueAt);
  }

  /**
   * The status of the credential: null before there is one, and the earlier status while it is
   * missing.
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
        published.map(credential -> firstUsedAt(credential.id())).orElse(null),
        o.rotation().rotatesAt().map(Instant::toString).orElse(null),
        o.secret().rotated().orElse(null));
  }

  /**
   * When an agent was first seen to use a credential; null if none was. A new credential starts
   * without a first use. It counts as installed when an agent uses it.
   */
  private String firstUsedAt(String id) {
    AuthtokenStatus last = o.status().authtoken();
    String before =
        last != null && id.equals(last.credentialID())
            ? last.firstUsedAt()
            : inStatus(id).map(RetiringCredential::firstUsedAt).orElse(null);
    return before != null || sessions(id).isEmpty() ? before : thisSecond();
  }

  private String thisSecond() {
    return o.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private boolean permitsWhatItShould(Credential credential) {
    return new HashSet<>(credential.acl()).equals(new HashSet<>(wanted));
  }

  private void publish(Finding<ServiceUser> user) {
    List<Credential> lost = own.stream().filter(this::isLost).toList();
    if (!lost.isEmpty()) {
      // Its token was never published, so certainly no site has it.
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
                () -> creation(user.get()),
                this::correction,
                this::change),
            Finding.of(published, known));
    steps.addAll(diff.steps());
    if (published.isPresent() && user.isPresent() && known && o.rotation().begins(o.now())) {
      steps.add(
          new Step.Create<>(
              Resource.CREDENTIALS, creation(user.get()), "of " + o.owner(), o.lane(), List.of()));
    }
  }

  private Credential.Create creation(ServiceUser user) {
    String nonce =
        provenNonce()
            .filter(pending -> own.stream().noneMatch(c -> carries(c, Optional.of(pending))))
            .orElse(o.freshNonce());
    return new Credential.Create(
        description(), o.mark().withNonce(nonce).text(), wanted, user.id());
  }

  /**
   * Whether a credential was created whose token never came into the Secret. One that an agent uses
   * or has used is not lost: then the Secret is older than its token, as after a restored backup.
   */
  private boolean isLost(Credential credential) {
    return carries(credential, provenNonce())
        && !isPublished(credential)
        && !o.knownCredentialIDs().contains(credential.id())
        && sessions(credential.id()).isEmpty();
  }

  /**
   * The pending nonce, if it was written for this Clinic. A Secret of an earlier Clinic of the same
   * name comes from a backup, and its credential may have been installed since.
   */
  private Optional<String> provenNonce() {
    return o.secret()
        .pendingNonce()
        .filter(pending -> SiteKitSecrets.isOwned(o.clinic(), o.secret().present()));
  }

  /** Whether a credential is being issued, so that its nonce must stay in the Secret. */
  static boolean isIssuing(ClinicObservation o) {
    Optional<String> pending = o.secret().pendingNonce();
    return o.rotation().isDue() || o.credentials().stream().anyMatch(c -> carries(c, pending));
  }

  private boolean isPublished(Credential credential) {
    return published.filter(p -> p.id().equals(credential.id())).isPresent();
  }

  /** A lost Secret is not drift, and neither is a deletion by a quarantine. */
  private Optional<String> knownID() {
    Optional<AuthtokenStatus> last = Optional.ofNullable(o.status().authtoken());
    return published.isPresent()
        ? last.map(AuthtokenStatus::credentialID)
        : o.secret()
            .credentialID()
            .filter(o.knownCredentialIDs()::contains)
            .filter(id -> last.isPresent() && o.status().quarantinedSince() == null)
            // A status that is older than the account says nothing about who deleted what.
            .filter(id -> AuthtokenLoss.inherited(o).isEmpty());
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

  /** Whether its permissions differ by more than the names that are removed anyway. */
  private boolean hasOtherACL(Credential credential) {
    return AgentPermissions.narrowing(o, credential).isEmpty() && !permitsWhatItShould(credential);
  }

  /**
   * Whether the wanted permissions were programmed before, so that another ACL is a change at
   * ngrok.
   */
  private boolean isProgrammed() {
    return !accepted || AgentPermissions.programmed(o).equals(wanted);
  }

  private void retire() {
    for (Credential credential : own) {
      if (!isPublished(credential) && !isLost(credential)) {
        retire(credential.id());
      }
    }
    for (String id : gone()) {
      // The deletion of a credential does not end its sessions.
      boolean unseen = !o.inventory().isKnown(Resource.TUNNEL_SESSIONS);
      if (!sessions(id).isEmpty() || unseen) {
        retire(id);
      }
      if (unseen) {
        lookAgain();
      }
    }
  }

  private void retire(String id) {
    Optional<RetiringCredential> before = inStatus(id).filter(noted -> !isReplacedOnlyNow());
    String since = before.map(RetiringCredential::since).orElseGet(this::thisSecond);
    retiring.add(new RetiringCredential(id, since, firstUsedAt(id), inherited(id)));
    // Before the new token is published, nothing could replace it.
    if (published.isPresent()) {
      // This is written down first. Otherwise its sessions would be forgotten after a crash.
      if (before.isEmpty()) {
        requeueAt(Instant.parse(since));
      } else {
        revokeWhenDue(before.get());
      }
    }
  }

  /** Null if it is not, so that the status leaves it out. */
  private Boolean inherited(String id) {
    return own.stream().anyMatch(c -> c.id().equals(id) && AuthtokenLoss.isInherited(o, c))
        ? Boolean.TRUE
        : null;
  }

  /**
   * Whether the new token was published since the last status, and there was none before. The
   * overlap of the earlier tokens begins only now, because nothing could replace them before.
   */
  private boolean isReplacedOnlyNow() {
    AuthtokenStatus status = o.status().authtoken();
    return published.isPresent() && status != null && status.credentialID() == null;
  }

  /** The credentials in the status that no longer exist. */
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

  /** The awaited list may come before this pass ends, and then it wakes nobody. */
  private void lookAgain() {
    requeueAt(o.now().plus(LOOK_AGAIN));
  }

  private void revokeWhenDue(RetiringCredential old) {
    Authtoken rule = o.clinic().getSpec().agent().authtoken();
    Instant due = Instant.parse(old.since()).plus(Durations.parse(rule.overlap()));
    if (o.now().isBefore(due)) {
      requeueAt(due);
      return;
    }
    List<TunnelSession> using = sessions(old.credentialID());
    // Nobody chose the time of a loss, so an inherited authtoken waits in any case.
    boolean waits = rule.revokeOld() == RevokeOld.WhenUnused || old.wasInherited();
    if (waits && !o.inventory().isKnown(Resource.TUNNEL_SESSIONS)) {
      lookAgain();
      return;
    }
    if (waits && wouldCutOff(old, using)) {
      if (!using.isEmpty()) {
        assessment.put(ConditionType.AgentOnOldToken, onOldToken(old, due));
      }
      return;
    }
    if (own.stream().anyMatch(credential -> credential.id().equals(old.credentialID()))) {
      steps.add(new Step.Delete(Resource.CREDENTIALS, old.credentialID(), old.credentialID()));
    }
    using.forEach(session -> steps.add(new Step.StopSession(session.id())));
  }

  /**
   * Whether the site would go offline without the old authtoken, now or when its agent comes back.
   * An agent that is switched off for a weekend has the token that it had before.
   */
  private boolean wouldCutOff(RetiringCredential old, List<TunnelSession> using) {
    String present = published.orElseThrow().id();
    boolean used =
        old.wasInherited()
            || firstUsedAt(old.credentialID()) != null
            || isAdopted(old.credentialID());
    boolean installed = used && !AuthtokenLoss.isInstalledSince(firstUsedAt(present), old.since());
    return sessions(present).isEmpty() && (installed || !using.isEmpty());
  }

  private static Verdict onOldToken(RetiringCredential old, Instant due) {
    return Verdict.yes(
        Reason.OverlapPassed,
        "An agent uses an authtoken that was replaced at "
            + old.since()
            + " and whose overlap ended at "
            + due
            + ". It stays valid until an agent uses the new one. Install the present site kit on"
            + " the site's agent host and restart the agent.");
  }

  /** Whether its site was set up by hand, so that it may be offline and know nothing of the new. */
  private boolean isAdopted(String id) {
    return own.stream()
        .anyMatch(credential -> credential.id().equals(id) && o.wasAdopted(credential));
  }

  private List<TunnelSession> sessions(String credentialID) {
    return o.inventory().lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(credentialID));
  }

  /** What the status says about a retiring credential. */
  private Optional<RetiringCredential> inStatus(String credentialID) {
    AuthtokenStatus status = o.status().authtoken();
    return status == null
        ? Optional.empty()
        : status.retiring().stream().filter(r -> r.credentialID().equals(credentialID)).findFirst();
  }

  private static boolean carries(Credential credential, Optional<String> nonce) {
    return nonce.isPresent() && nonce.equals(Mark.parse(credential.metadata()).map(Mark::nonce));
  }
}
