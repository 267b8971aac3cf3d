package dev.clinicnet.operator.fleetpage;

import java.util.List;

/** Reads Events from Kubernetes. There is no cache of them. */
public interface Events {
  /**
   * The Events of a Clinic and of some of its services, the newest first.
   *
   * @throws ReviewFailure when Kubernetes does not answer
   */
  List<FleetEvent> of(String namespace, String clinic, List<String> services);
}
