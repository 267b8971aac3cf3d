package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All Clinics that were asked for.
 *
 * @param clinics the one with the worst concern first
 * @param alone the services whose Clinic does not exist
 */
record Fleet(List<ClinicState> clinics, List<ServiceState> alone) {
  private static final Comparator<ClinicState> WORST_FIRST =
      Comparator.comparing(ClinicState::need)
          .thenComparing(ClinicState::namespace)
          .thenComparing(ClinicState::name);

  Fleet {
    clinics = List.copyOf(clinics);
    alone = List.copyOf(alone);
  }

  static Fleet of(
      Collection<Clinic> clinics,
      Collection<ClinicService> services,
      Collection<ClinicSession> sessions) {
    Map<String, List<ClinicService>> servicesIn = byNamespace(services);
    Map<String, List<ClinicSession>> sessionsIn = byNamespace(sessions);
    Set<String> known =
        clinics.stream().map(c -> key(c, c.getMetadata().getName())).collect(Collectors.toSet());
    return new Fleet(
        clinics.stream()
            .map(
                clinic -> {
                  String namespace = clinic.getMetadata().getNamespace();
                  return ClinicState.of(
                      clinic,
                      servicesIn.getOrDefault(namespace, List.of()),
                      sessionsIn.getOrDefault(namespace, List.of()));
                })
            .sorted(WORST_FIRST)
            .toList(),
        services.stream()
            .filter(s -> !known.contains(key(s, s.getSpec().clinicRef().name())))
            .map(ServiceState::of)
            .toList());
  }

  /** The worst need of all. */
  Need need() {
    return Stream.concat(
            clinics.stream().map(ClinicState::need), alone.stream().map(ServiceState::need))
        .min(Comparator.naturalOrder())
        .orElse(Need.NOTHING);
  }

  private static <T extends HasMetadata> Map<String, List<T>> byNamespace(Collection<T> objects) {
    return objects.stream()
        .collect(Collectors.groupingBy(object -> object.getMetadata().getNamespace()));
  }

  private static String key(HasMetadata object, String clinic) {
    return object.getMetadata().getNamespace() + "/" + clinic;
  }
}
