package dev.clinicnet.operator.attention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is not as it should be.
 *
 * @param objects the objects that have it, such as {@code ClinicService rest-api}
 * @param conditions the types of the conditions that say so; empty if no condition does
 * @param title the reason of the conditions; a name of its own if no condition says so
 * @param message what is wrong; may be empty
 * @param since when it began; {@link Instant#EPOCH} if that is not known
 * @param remedy what to do; empty while nobody has to do anything
 * @param alert the alert that concerns it, which has a runbook of its name; empty if there is none
 */
public record Problem(
    Need need,
    List<String> objects,
    List<String> conditions,
    String title,
    String message,
    Instant since,
    Optional<String> remedy,
    Optional<Alert> alert) {

  /** The worst first, and of these the newest. */
  static final Comparator<Problem> WORST_FIRST =
      Comparator.comparing(Problem::need)
          .thenComparing(Problem::since, Comparator.reverseOrder())
          .thenComparing(problem -> problem.objects().get(0))
          .thenComparing(Problem::title);

  public Problem {
    objects = List.copyOf(objects);
    conditions = List.copyOf(conditions);
  }

  /** Where it stands: the objects, and the conditions if there are any. */
  public String place() {
    String names = String.join(", ", objects);
    return conditions.isEmpty()
        ? names
        : names
            + (conditions.size() == 1 ? ", condition " : ", conditions ")
            + String.join(", ", conditions);
  }

  /** The problems of several objects, each said once, and the worst first. */
  static List<Problem> joined(List<Problem> problems) {
    if (problems.size() < 2) {
      return problems;
    }
    List<Problem> joined = new ArrayList<>();
    for (Problem problem : problems) {
      int same = 0;
      while (same < joined.size() && !joined.get(same).saysTheSame(problem)) {
        same++;
      }
      if (same < joined.size()) {
        joined.set(same, joined.get(same).with(problem));
      } else {
        joined.add(problem);
      }
    }
    joined.sort(WORST_FIRST);
    return joined;
  }

  /**
   * The worst need; NOTHING if there is no problem.
   *
   * @param problems the worst first
   */
  static Need worst(List<Problem> problems) {
    return problems.isEmpty() ? Need.NOTHING : problems.get(0).need();
  }

  private boolean saysTheSame(Problem other) {
    return title.equals(other.title) && message.equals(other.message);
  }

  /** Both as one. It began when the first of them did, and it is as bad as the worse of them. */
  private Problem with(Problem other) {
    Problem worse = need.compareTo(other.need) <= 0 ? this : other;
    return new Problem(
        worse.need,
        union(objects, other.objects),
        union(conditions, other.conditions),
        title,
        message,
        earlier(since, other.since),
        worse.remedy,
        worse.alert.or(() -> alert));
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one.equals(Instant.EPOCH)) {
      return other;
    }
    return other.equals(Instant.EPOCH) || one.isBefore(other) ? one : other;
  }

  private static List<String> union(List<String> one, List<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
