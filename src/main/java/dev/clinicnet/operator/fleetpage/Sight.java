package dev.clinicnet.operator.fleetpage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What a viewer may see: the namespaces in which Kubernetes would list Clinics, ClinicServices and
 * ClinicSessions to the viewer. The answers of Kubernetes are remembered for a short time.
 */
final class Sight {
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final String OURS = "clinicnet.dev";
  private static final List<String> RESOURCES =
      List.of("clinics", "clinicservices", "clinicsessions");

  /**
   * The namespaces that a viewer may see.
   *
   * @param everywhere whether they are all
   * @param namespaces those that have been asked for and are allowed, unless all are
   */
  record Scope(boolean everywhere, Set<String> namespaces) {
    boolean includes(String namespace) {
      return everywhere || namespaces.contains(namespace);
    }

    /** Whether there is nothing to see. */
    boolean isEmpty() {
      return !everywhere && namespaces.isEmpty();
    }

    /** In words. */
    String text() {
      if (everywhere) {
        return "all namespaces";
      }
      return namespaces.size() == 1
          ? "the namespace " + namespaces.iterator().next()
          : namespaces.size() + " namespaces";
    }
  }

  private record Question(Viewer viewer, String group, String resource, String namespace) {}

  private final Reviews reviews;
  private final RecentAnswers<Question, Boolean> known;

  /**
   * A sight.
   *
   * @param nanos a monotonic time in nanoseconds
   */
  Sight(Reviews reviews, LongSupplier nanos) {
    this.reviews = reviews;
    this.known = new RecentAnswers<>(allowed -> LIFETIME, nanos);
  }

  /** What a viewer may see of these namespaces. */
  Scope of(Viewer viewer, Collection<String> namespaces) {
    if (maySee(viewer, Reviews.EVERYWHERE)) {
      return new Scope(true, Set.of());
    }
    Set<String> allowed = new TreeSet<>();
    for (String namespace : namespaces) {
      if (maySee(viewer, namespace)) {
        allowed.add(namespace);
      }
    }
    return new Scope(false, allowed);
  }

  /** Whether a viewer may see the Events of a namespace. */
  boolean ofEvents(Viewer viewer, String namespace) {
    return mayList(viewer, "", "events", namespace);
  }

  private boolean maySee(Viewer viewer, String namespace) {
    return RESOURCES.stream().allMatch(resource -> mayList(viewer, OURS, resource, namespace));
  }

  private boolean mayList(Viewer viewer, String group, String resource, String namespace) {
    Question question = new Question(viewer, group, resource, namespace);
    return known
        .find(question)
        .orElseGet(() -> known.put(question, reviews.mayList(viewer, group, resource, namespace)));
  }
}
