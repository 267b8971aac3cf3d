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
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The earlier credentials of a Clinic. Each stays valid for its overlap, and longer while its site
 * would go offline without it.
 */
final class RetiringCredentials {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final ClinicObservation o;
  private final List<Credential> own;
  private final Optional<Credential> published;
  private final Assessment assessment;
  private final List<Step> steps = new ArrayList<>();
  private final List<RetiringCredential> retiring = new ArrayList<>();
  private Instant requeueAt;

  /**
   * No decision yet.
   *
   * @param own all credentials of the Clinic at ngrok
   * @param published the one whose token is in the Secret; empty before
   * @param assessment receives the verdict on agents that use an old authtoken
   */
  RetiringCredentials(
      ClinicObservation observation,
      List<Credential> own,
      Optional<Credential> published,
      Assessment assessment) {
    this.o = observation;
    this.own = own;
    this.published = published;
    this.assessment = assessment;
  }

  /** The revocations that are due. */
  List<Step> steps() {
    return steps;
  }

  /** All of them for the status, also those that are revoked now. */
  List<RetiringCredential> all() {
    return retiring;
  }

  /** The time at which one may be due. */
  Optional<Instant> requeueAt() {
    return Optional.ofNullable(requeueAt);
  }

  /**
   * Decides. Call this once, before the other methods.
   *
   * @param earlier the credentials at ngrok that a site may have, without the published one
   */
  void decide(List<Credential> earlier) {
    earlier.forEach(credential -> retire(credential.id()));
    for (String id : gone()) {
      // The deletion of a credential does not end its sessions.
      boolean unseen = !o.knowsSessions();
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
        requeueAt(Timestamps.of(since));
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

  /**
   * When an agent was first seen to use a credential; null if none was. A new credential starts
   * without a first use. It counts as installed when an agent uses it.
   */
  String firstUsedAt(String id) {
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

  private void requeueAt(Instant when) {
    requeueAt = requeueAt == null || when.isBefore(requeueAt) ? when : requeueAt;
  }

  /** The awaited list may come before this pass ends, and then it wakes nobody. */
  private void lookAgain() {
    requeueAt(o.now().plus(LOOK_AGAIN));
  }

  private void revokeWhenDue(RetiringCredential old) {
    Authtoken rule = o.clinic().getSpec().agent().authtoken();
    Instant due = Timestamps.of(old.since()).plus(Durations.parse(rule.overlap()));
    if (o.now().isBefore(due)) {
      requeueAt(due);
      return;
    }
    List<TunnelSession> using = sessions(old.credentialID());
    // Nobody chose the time of a loss, so an inherited authtoken waits in any case.
    boolean waits = rule.revokeOld() == RevokeOld.WhenUnused || old.wasInherited();
    if (waits && !o.knowsSessions()) {
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

  /** The agents that use a credential. */
  List<TunnelSession> sessions(String credentialID) {
    return o.inventory().lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(credentialID));
  }

  /** What the status says about a retiring credential. */
  private Optional<RetiringCredential> inStatus(String credentialID) {
    AuthtokenStatus status = o.status().authtoken();
    return status == null
        ? Optional.empty()
        : status.retiring().stream().filter(r -> r.credentialID().equals(credentialID)).findFirst();
  }
}
