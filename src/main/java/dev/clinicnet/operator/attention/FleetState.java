package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some Clinics, with everything that belongs to them.
 *
 * @param clinics the one with the worst problem first
 * @param alone the services whose Clinic does not exist, by name
 */
public record FleetState(List<ClinicState> clinics, List<ServiceState> alone) {
  public FleetState {
    clinics = List.copyOf(clinics);
    alone = List.copyOf(alone);
  }

  /** Judges these objects at a time. A session of none of these services is left out. */
  public static FleetState of(
      Collection<Clinic> clinics,
      Collection<ClinicService> services,
      Collection<ClinicSession> sessions,
      Instant now) {
    Map<String, List<ClinicService>> servicesOf = new HashMap<>();
    Map<String, String> clinicOfService = new HashMap<>();
    for (ClinicService service : services) {
      String clinic = key(service, service.getSpec().clinicRef().name());
      servicesOf.computeIfAbsent(clinic, key -> new ArrayList<>()).add(service);
      clinicOfService.put(key(service, service.getMetadata().getName()), clinic);
    }
    Map<String, List<ClinicSession>> sessionsOf = new HashMap<>();
    for (ClinicSession session : sessions) {
      String clinic = clinicOfService.get(key(session, session.getSpec().serviceRef().name()));
      if (clinic != null) {
        sessionsOf.computeIfAbsent(clinic, key -> new ArrayList<>()).add(session);
      }
    }
    Set<String> existing = clinics.stream().map(FleetState::key).collect(Collectors.toSet());
    return new FleetState(
        clinics.stream()
            .map(
                clinic ->
                    ClinicState.of(
                        clinic,
                        servicesOf.getOrDefault(key(clinic), List.of()),
                        sessionsOf.getOrDefault(key(clinic), List.of()),
                        now))
            .sorted(ClinicState.WORST_FIRST)
            .toList(),
        services.stream()
            .filter(s -> !existing.contains(key(s, s.getSpec().clinicRef().name())))
            .map(service -> ServiceState.of(service, now))
            .sorted(Comparator.comparing(ServiceState::namespace).thenComparing(ServiceState::name))
            .toList());
  }

  /** The worst need of all. */
  public Need need() {
    return Stream.concat(
            clinics.stream().map(ClinicState::need), alone.stream().map(ServiceState::need))
        .min(Comparator.naturalOrder())
        .orElse(Need.NOTHING);
  }

  private static String key(Clinic clinic) {
    return key(clinic, clinic.getMetadata().getName());
  }

  private static String key(HasMetadata object, String name) {
    return object.getMetadata().getNamespace() + "/" + name;
  }
}
