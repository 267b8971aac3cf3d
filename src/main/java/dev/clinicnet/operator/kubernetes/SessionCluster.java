package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import java.util.Optional;

/** Kubernetes as sessions need it. Services come from a cache and must not be changed. */
public interface SessionCluster extends Reports {

  /** A service, terminating or not. */
  Optional<ClinicService> service(String namespace, String name);

  /** Deletes the record of a session, unless it has become another one's since. */
  void delete(ClinicSession session);

  /**
   * Whether the API server itself says who creates a session, so that what stands there is true:
   * asked anew each time, since somebody may have taken the admission policy away.
   */
  boolean vouchesForRequesters();
}
