package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.agent.AgentVersion;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports the agents that are connected with the Clinic's tokens, their endpoints and their site
 * kits.
 */
final class AgentsReport {
  /**
   * The reasons after which no agent was connected with the present authtoken. A quarantine ends
   * with a new authtoken.
   */
  private static final Set<String> NEVER =
      Set.of(
          Reason.NeverConnected.name(), Reason.ConnectURLUnknown.name(), Reason.Quarantined.name());

  /**
   * How long an agent may take to bind its endpoints, and the platform to notice the end of
   * another. It is longer than an interval between lists.
   */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  /** The maximum number of agents in a status. A stolen token can open any number of sessions. */
  private static final int MOST_SHOWN = 50;

  private final ClinicObservation o;
  private final List<TunnelSession> sessions;
  private final AgentEndpoints endpoints;

  /** The sessions of agents that were set up by hand, with a credential that was adopted. */
  private final Set<String> byHand;

  private final int expected;

  /**
   * A report.
   *
   * @param asked the URLs of the site kit
   * @param published whether the site kit is published, so that endpoints can be missing
   */
  AgentsReport(ClinicObservation observation, Set<String> asked, boolean published) {
    this.o = observation;
    this.sessions =
        o.sessions().stream()
            .sorted(
                Comparator.comparing(
                        TunnelSession::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(TunnelSession::id))
            .toList();
    Set<String> adopted =
        o.credentials().stream()
            .filter(o::wasAdopted)
            .map(Credential::id)
            .collect(Collectors.toSet());
    this.byHand =
        sessions.stream()
            .filter(session -> adopted.contains(session.credential().id()))
            .map(TunnelSession::id)
            .collect(Collectors.toSet());
    AgentEndpoints compared = AgentEndpoints.of(o, sessions, byHand, asked);
    this.endpoints = published ? compared : new AgentEndpoints(List.of(), compared.unexpected());
    this.expected = o.clinic().getSpec().agent().redundant() ? 2 : 1;
  }

  List<AgentStatus> statuses() {
    return sessions.stream()
        .skip(Math.max(0, sessions.size() - MOST_SHOWN))
        .map(s -> new AgentStatus(s.id(), s.agentVersion(), s.ip(), s.region(), s.startedAt()))
        .toList();
  }

  Verdict online() {
    Optional<Verdict> security =
        new AgentAlarm(o, unexpectedAgents(), tooMany(), endpoints)
            .verdict(connected(), !sessions.isEmpty());
    if (security.isPresent()) {
      return security.get();
    }
    if (!sessions.isEmpty()) {
      return endpoints.missing().isEmpty() || !settled(0)
          ? Verdict.yes(Reason.AgentConnected, Warnings.append(connected(), tooOld()))
          : Verdict.yes(
              Reason.EndpointsMissing,
              Warnings.append(
                  connected()
                      + " Not bound: "
                      + AgentAlarm.some(endpoints.missing())
                      + ". Install the present site kit, or look into the agent's log.",
                  tooOld()));
    }
    return keptUnknown().or(this::connectURLUnknown).orElseGet(this::offline);
  }

  /** Without a credential of the Clinic, its agents cannot be told from others of the account. */
  private Optional<Verdict> keptUnknown() {
    return o.keepsAuthtoken() && o.credentials().isEmpty()
        ? Optional.of(
            Verdict.unknown(
                Reason.AuthtokenKept,
                "Unknown: the Clinic adopts no credential, so its agents cannot be told from others"
                    + " of the account. AgentOnline of its services says what is bound."))
        : Optional.empty();
  }

  private Verdict offline() {
    Optional<CredentialLoss> loss = CredentialLoss.of(o);
    if (loss.isPresent()) {
      return loss.get().offline();
    }
    boolean connectedBefore =
        Conditions.find(o.status().conditions(), ConditionType.AgentOnline)
            .flatMap(Unseen::lastReason)
            .filter(reason -> !NEVER.contains(reason))
            .isPresent();
    return connectedBefore
        ? Verdict.no(
            Reason.AgentOffline,
            "No agent is connected. Check the agent's host, its service, and its way out to port"
                + " 443.")
        : Verdict.no(
            Reason.NeverConnected,
            "No agent has connected yet. Install the site kit on the site's agent host.");
  }

  /** The connected agents, in a text that changes only with the agents. */
  private String connected() {
    List<String> each = sessions.stream().map(AgentsReport::describe).toList();
    return switch (each.size()) {
      case 0 -> "No agent is connected.";
      case 1 -> "An agent is connected: " + each.get(0) + ".";
      default -> each.size() + " agents are connected: " + AgentAlarm.some(each, "; ") + ".";
    };
  }

  /** A warning if an agent has a version that is known to fail. */
  private List<String> tooOld() {
    List<String> versions =
        sessions.stream()
            .map(TunnelSession::agentVersion)
            .filter(AgentVersion::isTooOld)
            .distinct()
            .sorted()
            .toList();
    return versions.isEmpty()
        ? List.of()
        : List.of(
            "agents of version %s are older than %s and have known errors. Update the agent at the site"
                .formatted(String.join(", ", versions), AgentVersion.MINIMUM));
  }

  private static String describe(TunnelSession session) {
    List<String> facts =
        Stream.of(
                named("since ", session.startedAt()),
                named("version ", session.agentVersion()),
                named("region ", session.region()))
            .flatMap(Optional::stream)
            .toList();
    return facts.isEmpty() ? "session " + session.id() : String.join(", ", facts);
  }

  private static Optional<String> named(String name, String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(name::concat);
  }

  /** Agents that use the Clinic's token without a site kit of the Clinic. */
  private List<TunnelSession> unexpectedAgents() {
    return sessions.stream()
        .filter(session -> !byHand.contains(session.id()))
        .filter(
            session ->
                AgentMetadata.parse(session.metadata())
                    .filter(m -> m.clinic().equals(ClinicNames.path(o.clinic())))
                    .filter(m -> m.instance().equals(o.settings().instance()))
                    .isEmpty())
        .toList();
  }

  /** An agent that comes back may be listed twice for a moment. */
  private boolean tooMany() {
    return sessions.size() > expected && settled(expected);
  }

  private boolean settled(int session) {
    return !o.now().isBefore(settles(sessions.get(session)));
  }

  private static Instant settles(TunnelSession session) {
    try {
      return session.startedAt() == null
          ? Instant.EPOCH
          : Timestamps.of(session.startedAt()).plus(SETTLED);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** The time of the next look if nothing happens before. */
  Optional<Instant> requeueAt() {
    boolean late = !sessions.isEmpty() && !endpoints.missing().isEmpty();
    return Stream.of(late ? 0 : sessions.size(), expected)
        .filter(session -> session < sessions.size())
        .map(session -> settles(sessions.get(session)))
        .filter(o.now()::isBefore)
        .min(Comparator.naturalOrder());
  }

  /** An agent that dials an address which is not in the account cannot connect. */
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

  /**
   * Whether the site runs the published site kit.
   *
   * @param published the hash of the published configuration; null while there is none
   * @param authtoken the state of its token; null before there was one
   */
  Verdict siteKit(String published, AuthtokenStatus authtoken) {
    Optional<CredentialLoss> loss = CredentialLoss.of(o);
    if (loss.isPresent()) {
      return loss.get().siteKit(authtoken);
    }
    if (o.keepsAuthtoken()) {
      return Verdict.no(
          Reason.AuthtokenKept,
          "The site keeps the authtoken that it was set up with ("
              + Annotations.KEEP_AUTHTOKEN
              + "), so no site kit is issued. Remove the annotation to have one issued.");
    }
    Optional<Verdict> lost = AuthtokenLoss.siteKit(o, authtoken);
    if (lost.isPresent()) {
      return lost.get();
    }
    if (authtoken == null || authtoken.firstUsedAt() == null) {
      return Verdict.no(
          Reason.SiteKitNotInstalled,
          "No agent has used the present site kit's authtoken yet. Install the present site kit on"
              + " the site's agent host.");
    }
    Optional<TunnelSession> newest = newest();
    if (newest.isEmpty()) {
      return Verdict.unknown(Reason.NoAgent, "Unknown: no agent is connected.");
    }
    if (!authtoken.credentialID().equals(newest.get().credential().id())) {
      return Verdict.no(
          Reason.SiteKitOutdated,
          "The connected agent uses an authtoken that was replaced. Install the present site kit"
              + " on the site's agent host and restart the agent.");
    }
    if (published != null && published.equals(installedHash())) {
      return Verdict.yes(Reason.SiteKitInstalled, "The connected agent runs this site kit.");
    }
    return Verdict.no(
        Reason.SiteKitOutdated,
        "The connected agent runs another configuration. Install the present site kit on the"
            + " site's agent host and restart the agent.");
  }

  /** How many agents are connected. */
  int count() {
    return sessions.size();
  }

  /** How many endpoints are bound that no manifest asks for. */
  int unexpectedEndpoints() {
    return endpoints.unexpected().size();
  }

  private Optional<TunnelSession> newest() {
    return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
  }
}
