package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The verdicts on one object, from which its conditions follow. For each type, the first verdict
 * that is not True counts, because later ones are consequences.
 */
public final class Assessment {
  private static final List<ConditionType> READY =
      List.of(ConditionType.Accepted, ConditionType.ResolvedRefs, ConditionType.Programmed);

  /** The types that follow from the others. */
  private static final Set<ConditionType> FOLLOWING =
      EnumSet.of(ConditionType.Ready, ConditionType.Reconciling, ConditionType.Stalled);

  private final Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);

  /**
   * The verdicts of a status, for conditions about which nothing new is known.
   *
   * @param except the type that is judged again
   */
  public static Assessment carriedOver(List<Condition> conditions, ConditionType except) {
    Assessment assessment = new Assessment();
    for (ConditionType type : ConditionType.values()) {
      if (type != except && !FOLLOWING.contains(type)) {
        Conditions.find(conditions, type)
            .flatMap(Assessment::verdict)
            .ifPresent(verdict -> assessment.put(type, verdict));
      }
    }
    return assessment;
  }

  /** The verdict of a condition; empty for a reason of another version of the operator. */
  public static Optional<Verdict> verdict(Condition condition) {
    return Reason.parse(condition.reason())
        .map(reason -> new Verdict(condition.status(), reason, condition.message()));
  }

  /** Records a verdict, unless there is already one that is not True. */
  public Assessment put(ConditionType type, Verdict verdict) {
    Verdict present = verdicts.get(type);
    if (present == null || present.isTrue()) {
      verdicts.put(type, verdict);
    }
    return this;
  }

  /** Records a verdict in place of any earlier one. */
  public Assessment replace(ConditionType type, Verdict verdict) {
    verdicts.put(type, verdict);
    return this;
  }

  /**
   * Replaces the verdicts that depend on missing lists by Unknown. When the lists are back, the
   * Unknown ends.
   *
   * @param lists why lists of the account are missing; empty when they are not
   * @param agents the same for the lists of agents
   * @param before the present conditions of the status
   */
  public Assessment unseen(
      Optional<Unseen> lists, Optional<Unseen> agents, List<Condition> before) {
    for (ConditionType type : ConditionType.values()) {
      switch (type.basis()) {
        case LISTS -> unseen(type, lists, before);
        case AGENTS -> unseen(type, agents, before);
        case KUBERNETES -> {}
      }
    }
    return this;
  }

  /**
   * The same for one type.
   *
   * @param unseen why lists are missing; empty when they are not
   * @param before the present conditions of the status
   */
  public Assessment unseen(ConditionType type, Optional<Unseen> unseen, List<Condition> before) {
    Optional<Verdict> present = get(type).filter(verdict -> Unseen.concerns(type, verdict));
    if (unseen.isPresent() && present.isPresent()) {
      replace(type, unseen.get().verdict(before, type, present));
    } else if (type != ConditionType.Programmed && present.filter(Unseen::isSaidBy).isPresent()) {
      verdicts.remove(type);
    }
    return this;
  }

  /** The verdict of a type, if one was recorded. */
  public Optional<Verdict> get(ConditionType type) {
    return Optional.ofNullable(verdicts.get(type));
  }

  /** Whether a verdict of this type was recorded that is not True. */
  public boolean fails(ConditionType type) {
    return get(type).map(verdict -> !verdict.isTrue()).orElse(false);
  }

  /**
   * Whether conditions say what these verdicts say.
   *
   * @param except a type that is not compared
   */
  public boolean agreesWith(List<Condition> conditions, ConditionType except) {
    return Arrays.stream(ConditionType.values())
        .filter(type -> type != except && !FOLLOWING.contains(type))
        .allMatch(
            type ->
                Conditions.find(conditions, type).flatMap(Assessment::verdict).equals(get(type)));
  }

  /** Ready, which follows from three conditions. */
  public Verdict ready() {
    for (ConditionType type : READY) {
      Verdict verdict = verdicts.get(type);
      if (verdict != null && !verdict.isTrue()) {
        return verdict;
      }
    }
    if (!verdicts.keySet().containsAll(READY)) {
      return Verdict.unknown(Reason.Pending, "Not looked at yet.");
    }
    Verdict programmed = verdicts.get(ConditionType.Programmed);
    return Verdict.yes(programmed.reason(), programmed.message());
  }

  /**
   * The conditions to write: the recorded ones, Ready, and Reconciling or Stalled while they are
   * True.
   *
   * @param before the present conditions of the status; a transition time stays while the status of
   *     its condition stays
   */
  public List<Condition> conditions(List<Condition> before, long generation, Instant now) {
    Map<ConditionType, Verdict> all = new EnumMap<>(verdicts);
    Verdict ready = ready();
    all.put(ConditionType.Ready, ready);
    if (!ready.isTrue()) {
      ConditionType kstatus =
          ready.status() == ConditionStatus.False && ready.reason().waits() == Reason.Waits.SOMEBODY
              ? ConditionType.Stalled
              : ConditionType.Reconciling;
      all.put(kstatus, Verdict.yes(ready.reason(), ready.message()));
    }
    List<Condition> conditions = new ArrayList<>();
    all.forEach(
        (type, verdict) ->
            conditions.add(condition(type.name(), verdict, before, generation, now)));
    return List.copyOf(conditions);
  }

  private static Condition condition(
      String type, Verdict verdict, List<Condition> before, long generation, Instant now) {
    String since =
        Conditions.find(before, type)
            .filter(old -> old.status() == verdict.status())
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    ConditionStatus status = verdict.status();
    return new Condition(
        type, status, generation, since, verdict.reason().name(), verdict.message());
  }
}
