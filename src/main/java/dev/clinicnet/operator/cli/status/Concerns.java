package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Remedies;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is wrong in the conditions of objects. */
final class Concerns {
  /** These follow from other conditions, which say it themselves. */
  private static final Set<String> FOLLOW =
      Set.of(
          ConditionType.Ready.name(),
          ConditionType.Reconciling.name(),
          ConditionType.Stalled.name());

  private Concerns() {}

  /**
   * What is wrong with one object, the worst first.
   *
   * @param observed the generation that the status is about; null before there is a status
   */
  static List<Concern> of(HasMetadata object, List<Condition> conditions, Long observed) {
    List<Concern> found = new ArrayList<>();
    if (object.getMetadata().getDeletionTimestamp() != null) {
      found.add(waits(object, "It is being deleted."));
    }
    if (conditions.isEmpty()) {
      found.add(
          waits(
              object,
              "The operator has not looked at it yet. If this stays, see whether the operator"
                  + " runs, and whether it watches this namespace."));
    } else if (observed != null && observed < object.getMetadata().getGeneration()) {
      found.add(waits(object, "The operator has not looked at the present manifest yet."));
    }
    conditions.stream()
        .filter(condition -> !FOLLOW.contains(condition.type()))
        .map(condition -> of(name(object), condition))
        .filter(concern -> concern.need() != Need.NOTHING)
        .forEach(found::add);
    return joined(found.stream());
  }

  /** The concerns of several objects, each said once, and the worst first. */
  static List<Concern> joined(Stream<Concern> concerns) {
    List<Concern> joined = new ArrayList<>();
    concerns.forEach(
        concern -> {
          for (int i = 0; i < joined.size(); i++) {
            if (joined.get(i).saysTheSame(concern)) {
              joined.set(i, joined(joined.get(i), concern));
              return;
            }
          }
          joined.add(concern);
        });
    joined.sort(Comparator.comparing(Concern::need));
    return joined;
  }

  /** The worst need; NOTHING if there is no concern. */
  static Need worst(List<Concern> concerns) {
    return concerns.stream().map(Concern::need).min(Comparator.naturalOrder()).orElse(Need.NOTHING);
  }

  private static Concern of(String object, Condition condition) {
    Optional<Reason> reason = Reason.parse(condition.reason());
    Need need =
        reason
            .map(known -> Need.of(known.waits()))
            .orElse(condition.status() == ConditionStatus.True ? Need.NOTHING : Need.SOMEBODY);
    boolean hasRemedy = need == Need.SOMEBODY || need == Need.SETUP;
    return new Concern(
        need,
        List.of(object),
        List.of(condition.type()),
        condition.reason(),
        condition.message() == null ? "" : condition.message(),
        hasRemedy ? reason.map(Remedies::of) : Optional.empty());
  }

  private static Concern waits(HasMetadata object, String message) {
    return new Concern(Need.TIME, List.of(name(object)), List.of(), "", message, Optional.empty());
  }

  private static Concern joined(Concern one, Concern other) {
    return new Concern(
        one.need(),
        union(one.objects(), other.objects()),
        union(one.conditions(), other.conditions()),
        one.reason(),
        one.message(),
        one.remedy());
  }

  private static List<String> union(List<String> one, List<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
