package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Detects a use of a Clinic's token or names by others. The cause may also be an older site kit, so
 * the message names both, and what to do in each case.
 *
 * @param unexpected sessions that run no site kit of the Clinic
 * @param tooMany whether there are more agents than the manifest allows
 */
record AgentAlarm(
    ClinicObservation o,
    List<TunnelSession> unexpected,
    boolean tooMany,
    AgentEndpoints endpoints) {
  private static final int MOST_NAMED = 4;

  /**
   * The verdict; empty when everything is in order.
   *
   * @param connected the connected agents, as a sentence
   * @param online whether any agent is connected
   */
  Optional<Verdict> verdict(String connected, boolean online) {
    if (unexpected.isEmpty() && !tooMany && endpoints.unexpected().isEmpty()) {
      return Optional.empty();
    }
    List<String> sentences = new ArrayList<>(List.of(connected));
    if (!unexpected.isEmpty()) {
      sentences.add(
          "Unexpected: "
              + some(unexpected.stream().map(AgentAlarm::describe).toList())
              + " with this Clinic's authtoken, which runs no site kit of it.");
    }
    if (tooMany) {
      sentences.add("Unexpected: more than spec.agent.redundant allows.");
    }
    if (!endpoints.unexpected().isEmpty()) {
      sentences.add(
          "Unexpected: "
              + some(endpoints.unexpected().stream().map(AgentAlarm::describe).toList())
              + ", which no manifest asks this Clinic's agent for.");
    }
    sentences.add(
        "Install the present site kit if an older one does this. If nobody of yours does, the"
            + " authtoken has leaked: annotate the Clinic with "
            + Annotations.QUARANTINE
            + "=true to cut it off.");
    Reason reason =
        unexpected.isEmpty() && !tooMany ? Reason.UnexpectedEndpoint : Reason.UnexpectedAgent;
    String message = String.join(" ", sentences);
    return Optional.of(online ? Verdict.yes(reason, message) : Verdict.no(reason, message));
  }

  private static String describe(TunnelSession session) {
    return "session " + session.id() + (session.ip() == null ? "" : " from " + session.ip());
  }

  private static String describe(Endpoint endpoint) {
    return endpoint.url() + " (" + endpoint.id() + ", session " + session(endpoint) + ")";
  }

  private static String session(Endpoint endpoint) {
    return endpoint.tunnelSession() == null ? "unknown" : endpoint.tunnelSession().id();
  }

  static String some(List<String> names) {
    return some(names, ", ");
  }

  /** The first few entries, and the number of the others. */
  static String some(List<String> names, String separator) {
    String first = String.join(separator, names.stream().limit(MOST_NAMED).toList());
    int more = names.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
