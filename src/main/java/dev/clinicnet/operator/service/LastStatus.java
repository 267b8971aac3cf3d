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

/** The parts of the last status that stay without a new decision. */
final class LastStatus {
  private LastStatus() {}

  /** The status of a service that is left as it is. */
  static ClinicServiceStatus kept(ServiceObservation o) {
    return o.status().withDeletionPolicy(o.deletionPolicy());
  }

  /** The same status, with another public endpoint. */
  static ClinicServiceStatus kept(ServiceObservation o, EndpointStatus endpoint) {
    return kept(o).withEndpoint(endpoint);
  }

  /** The status without a public endpoint, because that was taken down. */
  static ClinicServiceStatus closed(ServiceObservation o) {
    return closed(o, null);
  }

  /**
   * The status of a service while the account is not listed. The endpoint keeps its id until a list
   * shows that it is gone. For sessions, its deletion is enough.
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

  /** The present address, or the earlier status of it if it is missing. */
  static AddressStatus address(ServiceObservation o, Optional<ReservedAddr> address) {
    AddressStatus before = o.status().address();
    return address
        .map(addr -> new AddressStatus(addr.id(), addr.addr(), nonce(o, addr)))
        .orElse(before);
  }

  /**
   * Only an address that was reserved for the service has a nonce. Other addresses are released by
   * their owners.
   */
  private static String nonce(ServiceObservation o, ReservedAddr address) {
    if (!o.addresses().contains(address)) {
      return null;
    }
    return Mark.parse(address.metadata())
        .map(Mark::nonce)
        .orElseGet(() -> o.status().address() == null ? null : o.status().address().nonce());
  }

  /**
   * Only the findings of this pass get the sentence. The message of an earlier pass is complete.
   */
  static void carryOver(ServiceObservation o, Assessment assessment) {
    boolean outdated = LastVerdicts.acceptAnOlderManifest(o.service(), o.status().conditions());
    for (ConditionType type :
        List.of(ConditionType.Accepted, ConditionType.AgentOnline, ConditionType.InternalLocked)) {
      if (assessment.get(type).isEmpty()) {
        Assessment.carriedOver(o.status().conditions(), ConditionType.Programmed)
            .get(type)
            .filter(verdict -> type != ConditionType.Accepted || !outdated)
            .ifPresent(verdict -> assessment.put(type, verdict));
      }
    }
  }
}
