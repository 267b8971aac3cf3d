package dev.clinicnet.operator.fleetpage;

import java.util.Optional;

/** Asks Kubernetes who somebody is, and what somebody may do. */
public interface Reviews {
  /** All namespaces. */
  String EVERYWHERE = "";

  /**
   * Whose token it is; empty if Kubernetes does not accept it.
   *
   * @throws ReviewFailure when Kubernetes does not answer
   */
  Optional<Viewer> holder(String token);

  /**
   * Whether a viewer may list objects.
   *
   * @param group the API group; empty for the core
   * @param namespace a namespace, or {@link #EVERYWHERE}
   * @throws ReviewFailure when Kubernetes does not answer
   */
  boolean mayList(Viewer viewer, String group, String resource, String namespace);
}
