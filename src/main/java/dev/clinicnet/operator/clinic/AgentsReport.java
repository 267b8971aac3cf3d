package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which agents are connected with the Clinic's tokens, and what they run. */
final class AgentsReport {
  private static final Set<String> NEVER =
      Set.of(Reason.NeverConnected.name(), Reason.ConnectURLUnknown.name());

  private final ClinicObservation o;
  private final List<TunnelSession> sessions;

  AgentsReport(ClinicObservation observation) {
    this.o = observation;
    this.sessions =
        o.sessions().stream()
            .sorted(
                Comparator.comparing(
                        TunnelSession::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(TunnelSession::id))
            .toList();
  }

  List<AgentStatus> statuses() {
    return sessions.stream()
        .map(s -> new AgentStatus(s.id(), s.agentVersion(), s.ip(), s.region(), s.startedAt()))
        .toList();
  }

  Verdict online() {
    if (!sessions.isEmpty()) {
      int count = sessions.size();
      return Verdict.yes(
          Reason.AgentConnected,
          count == 1 ? "An agent is connected." : count + " agents are connected.");
    }
    Optional<Verdict> noIngress = connectURLUnknown();
    if (noIngress.isPresent()) {
      return noIngress.get();
    }
    boolean connectedBefore =
        Conditions.find(o.status().conditions(), ConditionType.AgentOnline)
            .map(c -> !NEVER.contains(c.reason()))
            .orElse(false);
    return connectedBefore
        ? Verdict.no(
            Reason.AgentOffline,
            "No agent is connected. Check the agent's host, its service, and its way out to port"
                + " 443.")
        : Verdict.no(
            Reason.NeverConnected,
            "No agent has connected yet. Install the site kit on the site's agent host.");
  }

  /** An agent that dials an address which the account does not have reaches nobody. */
  private Optional<Verdict> connectURLUnknown() {
    String connectURL = o.clinic().getSpec().agent().connectURL();
    if (connectURL == null) {
      return Optional.empty();
    }
    String host = connectURL.substring(0, connectURL.lastIndexOf(':'));
    return o.inventory().find(Resource.AGENT_INGRESSES, Keys.name(host)).isAbsent()
        ? Optional.of(
            Verdict.no(
                Reason.ConnectURLUnknown,
                "No agent is connected, and none may be able to: this ngrok account has no agent"
                    + " ingress for the host of spec.agent.connectURL, "
                    + host
                    + ". Create it at ngrok, or correct the host."))
        : Optional.empty();
  }

  /** The hash that the newest agent reports; null when none is connected or it reports none. */
  String installedHash() {
    return newest()
        .flatMap(session -> AgentMetadata.parse(session.metadata()))
        .map(AgentMetadata::siteKit)
        .orElse(null);
  }

  Verdict siteKit(String published) {
    if (newest().isEmpty()) {
      return Verdict.unknown(Reason.NoAgent, "No agent is connected that could tell.");
    }
    if (published != null && published.equals(installedHash())) {
      return Verdict.yes(Reason.SiteKitInstalled, "The connected agent runs this site kit.");
    }
    return Verdict.no(
        Reason.SiteKitOutdated,
        "The connected agent runs another configuration. Install the present site kit on the"
            + " site's agent host and restart the agent.");
  }

  private Optional<TunnelSession> newest() {
    return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
  }
}
