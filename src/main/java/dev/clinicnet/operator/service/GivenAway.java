package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;

/**
 * Objects that a service has handed over and another object has taken. The status no longer names
 * them, so that they are not a loss.
 */
final class GivenAway {
  private GivenAway() {}

  /** The decision with a status that names only what the service has. */
  static ServiceDecision leaveOut(ServiceObservation o, ServiceDecision decision) {
    ClinicServiceStatus status = decision.status();
    if (isGivenAway(o, Resource.ENDPOINTS, id(status.endpoint()))) {
      status = status.withEndpoint(null).withoutPublicURL();
    }
    if (isGivenAway(o, Resource.RESERVED_ADDRS, id(status.address()))) {
      status = status.withAddress(null);
    }
    return decision.withStatus(status);
  }

  private static boolean isGivenAway(ServiceObservation o, Resource<?, ?, ?> resource, String id) {
    return Annotations.gaveAway(o.service(), o.inventory().mark(resource, id));
  }

  private static String id(EndpointStatus endpoint) {
    return endpoint == null ? null : endpoint.id();
  }

  private static String id(AddressStatus address) {
    return address == null ? null : address.id();
  }
}
