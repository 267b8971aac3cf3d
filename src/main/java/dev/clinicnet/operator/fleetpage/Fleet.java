package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import java.util.List;

/** All objects of the fleet as the operator's caches have them now. */
public record Fleet(
    List<Clinic> clinics, List<ClinicService> services, List<ClinicSession> sessions) {
  public Fleet {
    clinics = List.copyOf(clinics);
    services = List.copyOf(services);
    sessions = List.copyOf(sessions);
  }
}
