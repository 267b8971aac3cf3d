package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import java.util.Optional;

/** Kubernetes as sessions need it. Services come from a cache and must not be changed. */
public interface SessionCluster extends Reports {

  /** A service, terminating or not. */
  Optional<ClinicService> service(String namespace, String name);

  /** Deletes the record of a session, unless another session has that name now. */
  void delete(ClinicSession session);

  /**
   * Whether the API server itself writes who creates a session, so that the text is true. This is
   * asked each time, because somebody may have removed the admission policy.
   */
  boolean vouchesForRequesters();
}
