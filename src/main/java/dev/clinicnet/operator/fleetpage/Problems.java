package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what is wrong with a clinic, in the conditions of its objects. */
final class Problems {
  /** What should settle by itself needs a person after this time. */
  static final Duration PATIENCE = Duration.ofHours(1);

  /** How long after its time a session may still be open. */
  static final Duration SESSION_GRACE = Duration.ofMinutes(2);

  /** A page looks up the conditions of a whole fleet, so a search for each would take long. */
  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::name, reason -> reason));

  private static final Map<String, ConditionType> TYPES =
      Arrays.stream(ConditionType.values())
          .filter(ConditionType::isToldAsEvent)
          .collect(Collectors.toMap(ConditionType::name, type -> type));

  private final Instant now;
  private final List<Problem> found = new ArrayList<>();

  private Problems(Instant now) {
    this.now = now;
  }

  /** The problems of a clinic, the worst first. */
  static List<Problem> of(
      Clinic clinic, List<ClinicService> services, List<ClinicSession> sessions, Instant now) {
    Problems problems = new Problems(now);
    problems.add("Clinic", clinic, ClinicStatus.of(clinic).conditions(), true);
    boolean agentIsFine =
        problems.found.stream()
            .noneMatch(p -> p.condition().equals(ConditionType.AgentOnline.name()));
    for (ClinicService service : services) {
      problems.add(
          "ClinicService " + service.getMetadata().getName(),
          service,
          ClinicServiceStatus.of(service).conditions(),
          agentIsFine);
    }
    for (ClinicSession session : sessions) {
      problems.add(session);
    }
    problems.found.sort(Problem.WORST_FIRST);
    return List.copyOf(problems.found);
  }

  /** A session that is over is a record, and its failure needs nobody any more. */
  private void add(ClinicSession session) {
    ClinicSessionStatus status = ClinicSessionStatus.of(session);
    String object = "ClinicSession " + session.getMetadata().getName();
    if (status.phase() == SessionPhase.Open) {
      Timestamps.parse(status.expiresAt())
          .filter(end -> end.plus(SESSION_GRACE).isBefore(now))
          .ifPresent(
              end ->
                  found.add(
                      new Problem(
                          Level.ATTENTION,
                          object,
                          "SessionNotClosed",
                          "",
                          "The time of the session is over, and it is not closed. Its policy at"
                              + " ngrok refuses clients. Look into the operator's log.",
                          end)));
    } else if (status.phase() == null || status.phase() == SessionPhase.Pending) {
      add(object, session, status.conditions(), false);
    }
  }

  private void add(
      String object, HasMetadata observed, List<Condition> conditions, boolean withAgent) {
    if (conditions.isEmpty()) {
      Instant since =
          Timestamps.parse(observed.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
      found.add(
          new Problem(
              settling(since),
              object,
              "NotSeenYet",
              "",
              "The operator has not looked at it yet. If this lasts, see whether the operator runs.",
              since));
    }
    for (Condition condition : conditions) {
      ConditionType type = TYPES.get(condition.type());
      if (type != null && (withAgent || type != ConditionType.AgentOnline)) {
        add(object, condition);
      }
    }
  }

  private void add(String object, Condition condition) {
    Reason reason = REASONS.get(condition.reason());
    boolean isFine =
        reason != null
            && reason.waits() == Reason.Waits.NOTHING
            && condition.status() != ConditionStatus.Unknown;
    if (isFine) {
      return;
    }
    Instant since = Timestamps.parse(condition.lastTransitionTime()).orElse(Instant.EPOCH);
    level(condition.status(), reason, since)
        .ifPresent(
            level ->
                found.add(
                    new Problem(
                        level,
                        object,
                        condition.type(),
                        condition.reason(),
                        condition.message() == null ? "" : condition.message(),
                        since)));
  }

  /**
   * How bad a condition is; empty if nothing is wrong.
   *
   * @param reason null if it is one of another version
   */
  private Optional<Level> level(ConditionStatus status, Reason reason, Instant since) {
    if (reason == null) {
      return switch (status) {
        case True -> Optional.empty();
        case False -> Optional.of(Level.ATTENTION);
        case Unknown -> Optional.of(settling(since));
      };
    }
    if (reason == Reason.NoAgent) {
      // The condition on the agent says it.
      return Optional.empty();
    }
    if (reason == Reason.Suspended) {
      // Somebody wanted it.
      return Optional.of(Level.SETUP);
    }
    return switch (reason.waits()) {
      case SOMEBODY -> Optional.of(Level.ATTENTION);
      case SETUP -> Optional.of(Level.SETUP);
      case TIME, NOTHING -> Optional.of(settling(since));
    };
  }

  private Level settling(Instant since) {
    return since.plus(PATIENCE).isBefore(now) ? Level.ATTENTION : Level.PROGRESS;
  }
}
