package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import java.time.Instant;
import java.util.List;

/**
 * A service, and what is wrong with it.
 *
 * @param problems the worst first
 */
public record ServiceState(ClinicService service, List<Problem> problems) {
  public ServiceState {
    problems = List.copyOf(problems);
  }

  static ServiceState of(ClinicService service, Instant now) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service);
    return new ServiceState(
        service, Judgement.of(service, status.conditions(), status.observedGeneration(), now));
  }

  /** What it waits for. */
  public Need need() {
    return Problem.worst(problems);
  }

  public String namespace() {
    return service.getMetadata().getNamespace();
  }

  public String name() {
    return service.getMetadata().getName();
  }

  /** The name of the Clinic that it refers to. */
  public String clinic() {
    return service.getSpec().clinicRef().name();
  }
}
