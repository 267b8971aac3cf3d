package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Clinic with everything that belongs to it.
 *
 * @param services the one with the worst concern first
 * @param sessions those that are not over
 * @param concerns those of all these objects, the worst first
 */
record ClinicState(
    Clinic clinic,
    List<ServiceState> services,
    List<SessionState> sessions,
    List<Concern> concerns) {

  ClinicState {
    services = List.copyOf(services);
    sessions = List.copyOf(sessions);
    concerns = List.copyOf(concerns);
  }

  /**
   * The state of a Clinic.
   *
   * @param services those of its namespace
   * @param sessions those of its namespace
   */
  static ClinicState of(
      Clinic clinic, Collection<ClinicService> services, Collection<ClinicSession> sessions) {
    List<ServiceState> own =
        services.stream()
            .filter(service -> belongsTo(service, clinic))
            .map(ServiceState::of)
            .sorted(Comparator.comparing(ServiceState::need).thenComparing(ServiceState::name))
            .toList();
    Set<String> names = own.stream().map(ServiceState::name).collect(Collectors.toSet());
    List<SessionState> open =
        sessions.stream()
            .filter(session -> names.contains(session.getSpec().serviceRef().name()))
            .filter(session -> !SessionState.isOver(session))
            .map(SessionState::of)
            .sorted(Comparator.comparing(state -> state.session().getMetadata().getName()))
            .toList();
    ClinicStatus status = ClinicStatus.of(clinic);
    List<Concern> concerns =
        Concerns.joined(
            Stream.of(
                    Concerns.of(clinic, status.conditions(), status.observedGeneration()).stream(),
                    own.stream().flatMap(service -> service.concerns().stream()),
                    open.stream().flatMap(session -> session.concerns().stream()))
                .flatMap(all -> all));
    return new ClinicState(clinic, own, open, concerns);
  }

  static boolean belongsTo(ClinicService service, Clinic clinic) {
    return service.getSpec().clinicRef().name().equals(clinic.getMetadata().getName());
  }

  Need need() {
    return Concerns.worst(concerns);
  }

  ClinicStatus status() {
    return ClinicStatus.of(clinic);
  }

  String namespace() {
    return clinic.getMetadata().getNamespace();
  }

  String name() {
    return clinic.getMetadata().getName();
  }
}
