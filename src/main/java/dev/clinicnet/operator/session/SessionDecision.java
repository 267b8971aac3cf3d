package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The phase of a session, and the verdicts on it. It does not decide about the endpoint. The
 * service does that, by the sessions that were accepted and have not expired.
 *
 * @param status everything but the conditions
 * @param requeueAt the time of the next pass if nothing happens before
 */
record SessionDecision(
    ClinicSessionStatus status, Assessment assessment, Optional<Instant> requeueAt) {

  /** The next step of a session that has not ended. */
  static SessionDecision decide(SessionObservation o) {
    if (o.expiresAt().isEmpty()) {
      return accept(o);
    }
    Instant end = o.expiresAt().get();
    Optional<Verdict> ended = ended(o, end);
    if (ended.isPresent()) {
      return o.isHeldOpen() ? closing(o, ended.get()) : end(o, ended.get());
    }
    return o.isOpen() ? open(o, end) : pending(o, end);
  }

  /**
   * The decision before the session's time begins. It may be refused, or must wait for its service.
   */
  private static SessionDecision accept(SessionObservation o) {
    Assessment assessment = new Assessment();
    if (!o.hasService()) {
      return awaitService(o, assessment);
    }
    Optional<Verdict> refusal = refusal(o);
    if (refusal.isPresent()) {
      assessment.put(ConditionType.Accepted, refusal.get());
      assessment.put(ConditionType.Open, Verdict.no(Reason.Refused, refusal.get().message()));
      return failed(o, assessment);
    }
    Instant end = o.now().plus(o.duration()).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    return new SessionDecision(
        asked(o).withExpiresAt(end.toString()), accepted(notYet(o)), Optional.of(end));
  }

  private static SessionDecision awaitService(SessionObservation o, Assessment assessment) {
    Instant patience = o.createdAt().plus(o.duration());
    String name = o.session().getSpec().serviceRef().name();
    Verdict missing =
        Verdict.no(
            Reason.ServiceNotFound,
            "spec.serviceRef.name "
                + name
                + (o.service().isPresent()
                    ? ": this ClinicService is being deleted."
                    : ": there is no such ClinicService in this namespace. Delete this session, and"
                        + " create one with the right name."));
    assessment.put(ConditionType.ResolvedRefs, missing);
    assessment.put(ConditionType.Open, Verdict.no(Reason.NotOpenYet, missing.message()));
    if (!o.now().isBefore(patience) || o.service().isPresent()) {
      return failed(o, assessment);
    }
    return new SessionDecision(asked(o), assessment, Optional.of(patience));
  }

  private static ClinicSessionStatus asked(SessionObservation o) {
    return o.status().withPhase(SessionPhase.Pending).withOpenedBy(o.requester());
  }

  /** Why a session is refused although its service exists. */
  private static Optional<Verdict> refusal(SessionObservation o) {
    ClinicService service = o.service().orElseThrow();
    ClinicServiceSpec spec = service.getSpec();
    String name = "ClinicService " + service.getMetadata().getName();
    if (spec.availability() != Availability.OnDemand) {
      return refused(
          Reason.NotOnDemand,
          "spec.serviceRef.name "
              + service.getMetadata().getName()
              + ": this ClinicService has spec.availability: Always, so that it needs no session:"
              + " use it as it is.");
    }
    Duration longest = Durations.parse(spec.onDemand().maxDuration());
    if (o.duration().compareTo(longest) > 0) {
      return refused(
          Reason.DurationTooLong,
          "spec.duration "
              + o.session().getSpec().duration()
              + " is more than "
              + name
              + " allows: create a session of at most "
              + spec.onDemand().maxDuration()
              + ".");
    }
    if (spec.onDemand().reasonRequired() && o.session().getSpec().reason() == null) {
      return refused(
          Reason.ReasonRequired,
          "spec.reason is missing, and "
              + name
              + " asks for one: create a session that says why, such as 'ticket 4711'.");
    }
    return o.siteIsGone()
        .flatMap(reason -> refused(reason, "The site of " + name + " is gone or cut off."));
  }

  private static Optional<Verdict> refused(Reason reason, String message) {
    return Optional.of(Verdict.no(reason, message));
  }

  /** Why the session is over; empty while it is not. */
  private static Optional<Verdict> ended(SessionObservation o, Instant end) {
    if (!o.hasService()) {
      return refused(Reason.ServiceGone, "The ClinicService was deleted.");
    }
    Optional<Verdict> site =
        o.siteIsGone().flatMap(reason -> refused(reason, "The site is gone or cut off."));
    if (site.isPresent()) {
      return site;
    }
    if (o.service().orElseThrow().getSpec().availability() != Availability.OnDemand) {
      return refused(Reason.NotOnDemand, "The ClinicService is not on demand any more.");
    }
    return o.now().isBefore(end)
        ? Optional.empty()
        : refused(Reason.Expired, "Its time was over at " + end + ".");
  }

  private static SessionDecision open(SessionObservation o, Instant end) {
    ClinicServiceStatus service = o.serviceStatus().orElseThrow();
    Assessment assessment =
        accepted(
            Verdict.yes(Reason.SessionOpen, service.publicURL() + " is open until " + end + "."));
    String openedAt =
        o.wasOpen() ? o.status().openedAt() : o.now().truncatedTo(ChronoUnit.SECONDS).toString();
    boolean connections = !service.publicURL().startsWith("https:");
    assessment.put(
        ConditionType.Open,
        Verdict.yes(
            Reason.Opened,
            "Until "
                + end
                + (connections
                    ? ". At that time new connections are refused; those that exist may go on."
                    : ".")));
    Conditions.find(service.conditions(), ConditionType.Programmed)
        .filter(Unseen::isSaidBy)
        .map(unseen -> Verdict.unknown(Reason.valueOf(unseen.reason()), unseen.message()))
        .ifPresent(
            unseen ->
                assessment
                    .replace(ConditionType.Programmed, unseen)
                    .replace(ConditionType.Open, unseen));
    agentOnline(service).ifPresent(verdict -> assessment.put(ConditionType.AgentOnline, verdict));
    return new SessionDecision(
        o.status().withOpen(service.publicURL(), openedAt), assessment, Optional.of(end));
  }

  /** Whether an agent answers behind the open URL, according to the service. */
  private static Optional<Verdict> agentOnline(ClinicServiceStatus service) {
    return Conditions.find(service.conditions(), ConditionType.AgentOnline)
        .flatMap(Assessment::verdict);
  }

  /** The session's time runs, but the service is not open for it, or no longer open. */
  private static SessionDecision pending(SessionObservation o, Instant end) {
    SessionPhase phase = o.wasOpen() ? SessionPhase.Open : SessionPhase.Pending;
    return new SessionDecision(o.status().withPhase(phase), accepted(notYet(o)), Optional.of(end));
  }

  /** The reason for which the service waits. */
  private static Verdict notYet(SessionObservation o) {
    List<Condition> conditions =
        o.serviceStatus().map(ClinicServiceStatus::conditions).orElse(List.of());
    return Conditions.find(conditions, ConditionType.Ready)
        .filter(ready -> !Conditions.isTrue(conditions, ConditionType.Ready))
        .map(
            ready ->
                Verdict.no(
                    Reason.ServiceNotReady,
                    "The ClinicService is not ready (" + ready.reason() + "): " + ready.message()))
        .orElse(Verdict.no(Reason.Pending, "The service is being opened."));
  }

  /**
   * The session is over, and the service has not closed yet. At ngrok, the policy already denies.
   */
  static SessionDecision closing(SessionObservation o, Verdict why) {
    Verdict closing =
        Verdict.no(Reason.Closing, why.message() + " The public endpoint is being taken down.");
    Assessment assessment = accepted(closing);
    assessment.replace(ConditionType.Open, Verdict.no(why.reason(), why.message()));
    return new SessionDecision(o.status(), assessment, Optional.empty());
  }

  private static SessionDecision end(SessionObservation o, Verdict why) {
    if (o.wasOpen()) {
      Assessment assessment = accepted(Verdict.yes(Reason.SessionClosed, why.message()));
      assessment.replace(ConditionType.Open, Verdict.no(why.reason(), why.message()));
      return new SessionDecision(ended(o, SessionPhase.Closed), assessment, Optional.empty());
    }
    String before =
        Conditions.find(o.status().conditions(), ConditionType.Programmed)
            .map(condition -> " Before: " + condition.message())
            .orElse("");
    Assessment assessment =
        accepted(
            Verdict.no(
                Reason.NeverOpened,
                why.message()
                    + " The service could not be opened until then."
                    + before
                    + " Create another session."));
    assessment.replace(ConditionType.Open, Verdict.no(Reason.NeverOpened, why.message()));
    return failed(o, assessment);
  }

  private static SessionDecision failed(SessionObservation o, Assessment assessment) {
    return new SessionDecision(ended(o, SessionPhase.Failed), assessment, Optional.empty());
  }

  private static ClinicSessionStatus ended(SessionObservation o, SessionPhase phase) {
    return o.status()
        .withOpenedBy(o.requester())
        .withEnd(phase, o.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Assessment accepted(Verdict programmed) {
    Assessment assessment = new Assessment();
    assessment.put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "The service allows it."));
    assessment.put(
        ConditionType.ResolvedRefs,
        Verdict.yes(Reason.ResolvedRefs, "The ClinicService was found."));
    assessment.put(ConditionType.Programmed, programmed);
    if (!programmed.isTrue()) {
      assessment.put(ConditionType.Open, Verdict.no(Reason.NotOpenYet, programmed.message()));
    }
    return assessment;
  }
}
