package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import java.util.List;

/**
 * A service, and what is wrong with it.
 *
 * @param concerns the worst first
 */
record ServiceState(ClinicService service, List<Concern> concerns) {
  ServiceState {
    concerns = List.copyOf(concerns);
  }

  static ServiceState of(ClinicService service) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service);
    return new ServiceState(
        service, Concerns.of(service, status.conditions(), status.observedGeneration()));
  }

  Need need() {
    return Concerns.worst(concerns);
  }

  String name() {
    return service.getMetadata().getName();
  }
}
