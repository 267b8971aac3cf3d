package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.AgentNote;
import java.util.Optional;

/**
 * Whether the Clinic's agent binds an internal URL: by the calls since the last list, or by that
 * list.
 *
 * @param isRunning whether it binds the URL
 * @param isAbsent whether it certainly does not bind the URL
 * @param fingerprint the fingerprint of the started endpoint; empty if it is not known
 */
record AgentEndpointState(boolean isRunning, boolean isAbsent, Optional<String> fingerprint) {

  static AgentEndpointState of(ServiceObservation o, String url) {
    Optional<String> noted = o.inventory().noted(Resource.ENDPOINTS, Keys.name(url));
    if (noted.isPresent()) {
      return switch (noted.get()) {
        case AgentNote.STOPPED -> new AgentEndpointState(false, true, Optional.empty());
        case AgentNote.ASKED -> new AgentEndpointState(false, false, Optional.empty());
        default -> new AgentEndpointState(true, false, noted);
      };
    }
    Optional<Endpoint> bound =
        o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
            .filter(endpoint -> !endpoint.isCloud() && endpoint.tunnelSession() != null)
            .filter(endpoint -> isOwn(endpoint, o))
            .findFirst();
    return bound
        .map(
            endpoint ->
                new AgentEndpointState(true, false, AgentNote.fingerprint(endpoint.metadata())))
        .orElseGet(
            () ->
                new AgentEndpointState(
                    false, o.inventory().isKnown(Resource.ENDPOINTS), Optional.empty()));
  }

  /**
   * Whether the running endpoint is the wanted one. An endpoint that somebody else has started
   * counts as such.
   */
  boolean runs(String wanted) {
    return fingerprint.isEmpty() || fingerprint.get().equals(wanted);
  }

  /** A session that is not listed yet may be the Clinic's own. */
  private static boolean isOwn(Endpoint endpoint, ServiceObservation o) {
    Optional<String> credential =
        o.inventory()
            .byID(Resource.TUNNEL_SESSIONS, endpoint.tunnelSession().id())
            .optional()
            .map(TunnelSession::credential)
            .map(ref -> ref.id());
    Optional<AuthtokenStatus> known =
        o.clinic().map(Clinic::getStatus).map(status -> status.authtoken());
    return credential.isEmpty()
        || known.isEmpty()
        || credential.get().equals(known.get().credentialID())
        || known.get().retiring().stream()
            .anyMatch(retiring -> credential.get().equals(retiring.credentialID()));
  }
}
