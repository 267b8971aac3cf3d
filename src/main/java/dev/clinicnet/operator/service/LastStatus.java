package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.ngrok.Resource;

/** What a status keeps of the last one, where nothing else was decided. */
final class LastStatus {
  private LastStatus() {}

  /** Of a service that is left as it is. */
  static ClinicServiceStatus kept(ServiceObservation o) {
    return with(o, o.status().publicURL(), o.status().endpoint(), o.status().onDemand());
  }

  /** The same, but for what is remembered of the public endpoint. */
  static ClinicServiceStatus kept(ServiceObservation o, EndpointStatus endpoint) {
    return with(o, o.status().publicURL(), endpoint, o.status().onDemand());
  }

  /** Without a public endpoint, since that is down. */
  static ClinicServiceStatus closed(ServiceObservation o) {
    return with(o, null, null, OnDemandDecision.status(o, false));
  }

  /**
   * Of a service about which nothing can be found out: the endpoint keeps its id until a list shows
   * that it is gone, but for sessions it is enough that it was deleted.
   */
  static ClinicServiceStatus unseen(ServiceObservation o) {
    EndpointStatus known =
        o.isQuarantined() ? ServiceQuarantine.endpoint(o) : o.status().endpoint();
    boolean closed =
        o.isShut() && known != null && o.inventory().isGone(Resource.ENDPOINTS, known.id());
    return closed
        ? with(o, null, known, OnDemandDecision.status(o, false))
        : with(o, o.status().publicURL(), known, o.status().onDemand());
  }

  private static ClinicServiceStatus with(
      ServiceObservation o, String publicURL, EndpointStatus endpoint, OnDemandStatus onDemand) {
    return new ClinicServiceStatus(
        o.service().getMetadata().getGeneration(),
        null,
        o.status().internalURL(),
        o.status().internalBoundAt(),
        publicURL,
        o.status().address(),
        endpoint,
        o.deletionPolicy(),
        o.status().vaultSecrets(),
        onDemand);
  }
}
