package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One clinic with all that belongs to it.
 *
 * @param problems the worst first
 */
record ClinicView(
    Clinic clinic,
    List<ClinicService> services,
    List<ClinicSession> sessions,
    List<Problem> problems) {

  /** The worst first, of these the newest, and then by name. */
  static final Comparator<ClinicView> WORST_FIRST =
      Comparator.comparing(ClinicView::level)
          .thenComparing(ClinicView::since, Comparator.reverseOrder())
          .thenComparing(ClinicView::namespace)
          .thenComparing(ClinicView::name);

  String namespace() {
    return clinic.getMetadata().getNamespace();
  }

  String name() {
    return clinic.getMetadata().getName();
  }

  /** The name for people. */
  String title() {
    return Optional.ofNullable(clinic.getSpec().displayName()).orElse(name());
  }

  /** What is worst. */
  Optional<Problem> worst() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems.get(0));
  }

  Level level() {
    return worst().map(Problem::level).orElse(Level.FINE);
  }

  /** When the worst began; {@link Instant#EPOCH} if nothing is wrong. */
  Instant since() {
    return worst().map(Problem::since).orElse(Instant.EPOCH);
  }

  /** The sessions that are open now. */
  List<ClinicSession> openSessions() {
    return sessions.stream()
        .filter(session -> ClinicSessionStatus.of(session).phase() == SessionPhase.Open)
        .toList();
  }

  /**
   * Whether a text stands in one of its names, or in what is wrong with it.
   *
   * @param text in lower case
   */
  boolean mentions(String text) {
    return contains(name(), text)
        || contains(namespace(), text)
        || contains(title(), text)
        || problems.stream()
            .anyMatch(p -> contains(p.reason(), text) || contains(p.message(), text))
        || services.stream().anyMatch(s -> contains(s.getMetadata().getName(), text));
  }

  private static boolean contains(String whole, String text) {
    return whole.toLowerCase(Locale.ROOT).contains(text);
  }
}
