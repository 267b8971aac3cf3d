package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Reason.Waits;
import dev.clinicnet.operator.condition.Remedies;
import dev.clinicnet.operator.config.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is wrong with one object, mostly in its conditions. */
final class Judgement {
  /** What should settle by itself needs a person after this time. */
  static final Duration PATIENCE = Duration.ofHours(1);

  /** How long after its time a session may still be open. */
  static final Duration SESSION_GRACE = Duration.ofMinutes(2);

  /** Nothing is wrong; or, without an agent, the condition on the agent says it. */
  private static final Set<Reason> FINE =
      Arrays.stream(Reason.values())
          .filter(reason -> reason.waits() == Waits.NOTHING || reason == Reason.NoAgent)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));

  private final HasMetadata object;
  private final List<Condition> conditions;
  private final Instant now;
  private final List<Problem> found = new ArrayList<>();

  private Judgement(HasMetadata object, List<Condition> conditions, Instant now) {
    this.object = object;
    this.conditions = conditions;
    this.now = now;
  }

  /**
   * What is wrong with an object, the worst first.
   *
   * @param observed the generation that the status is about; null before there is a status
   */
  static List<Problem> of(
      HasMetadata object, List<Condition> conditions, Long observed, Instant now) {
    Judgement judgement = new Judgement(object, conditions, now);
    judgement.judgeDeletion();
    judgement.judgeAge(observed);
    conditions.forEach(judgement::judge);
    return Problem.joined(judgement.found);
  }

  /**
   * A session that should have been closed; empty while it may be open.
   *
   * @param end when its time is over; null if that is not known
   */
  static Optional<Problem> overdue(HasMetadata session, String end, Instant now) {
    return Timestamps.parse(end)
        .filter(time -> time.plus(SESSION_GRACE).isBefore(now))
        .map(
            time ->
                new Problem(
                    Need.SOMEBODY,
                    List.of(name(session)),
                    List.of(),
                    "SessionNotClosed",
                    "The time of the session is over, and it is not closed. Its policy at ngrok"
                        + " refuses clients.",
                    time,
                    Optional.of("Look into the operator's log, which says why."),
                    Optional.of(Alert.ClinicOperatorSessionOverdue)));
  }

  private void judgeDeletion() {
    String begun = object.getMetadata().getDeletionTimestamp();
    if (begun != null
        && conditions.stream().noneMatch(c -> c.reason().equals(Reason.Deleting.name()))) {
      waits(
          "BeingDeleted",
          "It is being deleted.",
          time(begun),
          "See what its finalizers and its conditions wait for.");
    }
  }

  private void judgeAge(Long observed) {
    Long present = object.getMetadata().getGeneration();
    if (conditions.isEmpty()) {
      waits(
          "NotSeenYet",
          "The operator has not looked at it yet.",
          time(object.getMetadata().getCreationTimestamp()),
          "See whether the operator runs, and whether it watches this namespace.");
    } else if (observed != null && present != null && observed < present) {
      // Kubernetes does not say when the manifest changed.
      waits(
          "ManifestNotSeenYet",
          "The operator has not looked at the present manifest yet.",
          Instant.EPOCH,
          "");
    }
  }

  private void waits(String title, String message, Instant since, String remedy) {
    Need need = settling(since);
    found.add(
        new Problem(
            need,
            List.of(name(object)),
            List.of(),
            title,
            message,
            since,
            need == Need.TIME ? Optional.empty() : Optional.of(remedy),
            Optional.empty()));
  }

  private void judge(Condition condition) {
    Optional<Reason> reason = Reason.parse(condition.reason());
    if (reason.isPresent() && FINE.contains(reason.get())) {
      return;
    }
    Optional<ConditionType> type = ConditionType.parse(condition.type());
    if (type.isPresent() && !type.get().isToldAsEvent()) {
      return; // Ready, for example, says nothing that other conditions do not say.
    }
    Instant since = time(condition.lastTransitionTime());
    Need need =
        reason
            .map(known -> need(known, since))
            .orElseGet(() -> needOfLaterVersion(condition.status(), since));
    if (need == Need.NOTHING) {
      return;
    }
    found.add(
        new Problem(
            need,
            List.of(name(object)),
            List.of(condition.type()),
            condition.reason(),
            condition.message() == null ? "" : condition.message(),
            since,
            need == Need.TIME ? Optional.empty() : reason.map(Remedies::of),
            reason.flatMap(known -> Alert.of(object.getKind(), type, known))));
  }

  private Need need(Reason reason, Instant since) {
    if (reason == Reason.Suspended) {
      return Need.SETUP; // Somebody wanted it, and ends it some day.
    }
    return switch (reason.waits()) {
      case SOMEBODY -> Need.SOMEBODY;
      case SETUP -> Need.SETUP;
      case TIME -> settling(since);
      case NOTHING -> Need.NOTHING;
    };
  }

  /** For a reason that this version does not know. */
  private Need needOfLaterVersion(ConditionStatus status, Instant since) {
    return switch (status) {
      case True -> Need.NOTHING;
      case False -> Need.SOMEBODY;
      case Unknown -> settling(since);
    };
  }

  private Need settling(Instant since) {
    boolean known = !since.equals(Instant.EPOCH);
    return known && since.plus(PATIENCE).isBefore(now) ? Need.SOMEBODY : Need.TIME;
  }

  private static Instant time(String text) {
    return Timestamps.parse(text).orElse(Instant.EPOCH);
  }

  private static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
