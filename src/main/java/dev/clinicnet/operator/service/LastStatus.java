package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reconcile.LastVerdicts;
import java.util.List;
import java.util.Optional;

/** What a status keeps of the last one, where nothing else was decided. */
final class LastStatus {
  private LastStatus() {}

  /** Of a service that is left as it is. */
  static ClinicServiceStatus kept(ServiceObservation o) {
    return o.status().withDeletionPolicy(o.deletionPolicy());
  }

  /** The same, with another memory of the public endpoint. */
  static ClinicServiceStatus kept(ServiceObservation o, EndpointStatus endpoint) {
    return kept(o).withEndpoint(endpoint);
  }

  /** Without a public endpoint, since that is down. */
  static ClinicServiceStatus closed(ServiceObservation o) {
    return closed(o, null);
  }

  /**
   * Of a service about which nothing can be found out: the endpoint keeps its id until a list shows
   * that it is gone. For sessions it is enough that it was deleted.
   */
  static ClinicServiceStatus unseen(ServiceObservation o) {
    EndpointStatus known =
        o.isQuarantined() ? ServiceQuarantine.endpoint(o) : o.status().endpoint();
    boolean closed =
        o.isShut() && known != null && o.inventory().isGone(Resource.ENDPOINTS, known.id());
    return closed ? closed(o, known) : kept(o, known);
  }

  private static ClinicServiceStatus closed(ServiceObservation o, EndpointStatus endpoint) {
    return kept(o, endpoint).withoutPublicURL().withOnDemand(OnDemandDecision.status(o, false));
  }

  /** The address as it is now, and what is known of it where it is not there. */
  static AddressStatus address(ServiceObservation o, Optional<ReservedAddr> address) {
    AddressStatus before = o.status().address();
    return address
        .map(addr -> new AddressStatus(addr.id(), addr.addr(), nonce(o, addr)))
        .orElse(before);
  }

  /** Only what was reserved for the service has a nonce: the rest is somebody else's to release. */
  private static String nonce(ServiceObservation o, ReservedAddr address) {
    if (!o.addresses().contains(address)) {
      return null;
    }
    return Mark.parse(address.metadata())
        .map(Mark::nonce)
        .orElseGet(() -> o.status().address() == null ? null : o.status().address().nonce());
  }

  /**
   * After what this pass says: what an earlier pass said is complete, and nothing is added to it.
   */
  static void carryOver(ServiceObservation o, Assessment assessment) {
    boolean outdated = LastVerdicts.acceptAnOlderManifest(o.service(), o.status().conditions());
    for (ConditionType type : List.of(ConditionType.Accepted, ConditionType.AgentOnline)) {
      if (assessment.get(type).isEmpty()) {
        Assessment.carriedOver(o.status().conditions(), ConditionType.Programmed)
            .get(type)
            .filter(verdict -> type != ConditionType.Accepted || !outdated)
            .ifPresent(verdict -> assessment.put(type, verdict));
      }
    }
  }
}
