package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import dev.clinicnet.operator.api.schema.ListMap;
import java.util.List;

/** The observed state of a Clinic. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status was computed from. -1 until the operator has looked at the object.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Always: Accepted, ResolvedRefs, Programmed, and Ready, which is True when these"
                + " three are True. Not part of Ready: DomainsReady, AgentOnline, SiteKitCurrent."
                + " Only while they are True: AgentOnOldToken, Reconciling, Stalled.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "The domains of spec.domains, with their ids and certificates at ngrok.")
        @ListMap(key = "name")
        List<DomainStatus> domains,
    @JsonPropertyDescription(
            "The service user (bot user) at ngrok that owns the site's authtoken. Absent until it exists.")
        ServiceUserStatus serviceUser,
    @JsonPropertyDescription(
            "The credential of the site kit's authtoken, and replaced credentials that are"
                + " not revoked yet. It never contains a token. Absent until the credential exists.")
        AuthtokenStatus authtoken,
    @JsonPropertyDescription(
            "The site kit as published and as installed. Absent until it is written.")
        SiteKitStatus siteKit,
    @JsonPropertyDescription(
            "The agents that hold a session with this Clinic's authtoken. Empty while the site is offline.")
        List<AgentStatus> agents,
    @JsonPropertyDescription("The ClinicServices that refer to this Clinic.")
        ServicesStatus services,
    @JsonPropertyDescription(
            "The DNS records that your team must create. Records that exist already are"
                + " included.")
        List<DNSRecord> dnsRecords,
    @JsonPropertyDescription(
            "How the operator reaches the agent's API. Absent without spec.agent.api.")
        AgentAPIStatus agentAPI,
    @JsonPropertyDescription(
            "When the annotation clinicnet.dev/quarantine cut the site off. Absent while the"
                + " site is not in quarantine.")
        @Format("date-time")
        String quarantinedSince,
    @JsonPropertyDescription(
            "The last value of the annotation clinicnet.dev/restart-agents for which the"
                + " operator restarted the agents.")
        String agentsRestarted,
    @JsonPropertyDescription("The restart of agents that is under way. Absent when there is none.")
        AgentRestartStatus agentRestart,
    @JsonPropertyDescription(
            "The internal domain in use: spec.internalDomain, or <metadata.name>.internal if"
                + " that is absent.")
        String internalDomain,
    @JsonPropertyDescription(
            "The spec.accountRef.name in which something was asked of ngrok for this Clinic. It is"
                + " written before the first request. Absent: 'default', or nothing was asked yet.")
        String account) {

  /** The status of a Clinic that was not reconciled yet. */
  public static final ClinicStatus EMPTY =
      new ClinicStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** The status of a Clinic; {@link #EMPTY} before it was reconciled. */
  public static ClinicStatus of(Clinic clinic) {
    return clinic.getStatus() == null ? EMPTY : clinic.getStatus();
  }

  public ClinicStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    domains = domains == null ? List.of() : List.copyOf(domains);
    agents = agents == null ? List.of() : List.copyOf(agents);
    dnsRecords = dnsRecords == null ? List.of() : List.copyOf(dnsRecords);
  }

  /**
   * The same status with the findings for a generation of the manifest.
   *
   * @param internal the internal domain in use
   */
  public ClinicStatus judged(long generation, List<Condition> judgement, String internal) {
    return new ClinicStatus(
        generation,
        judgement,
        domains,
        serviceUser,
        authtoken,
        siteKit,
        agents,
        services,
        dnsRecords,
        agentAPI,
        quarantinedSince,
        agentsRestarted,
        agentRestart,
        internal,
        account);
  }

  /**
   * The same status of a Clinic for which something was asked of ngrok.
   *
   * @param name null for the account {@link NgrokAccount#DEFAULT}
   */
  public ClinicStatus inAccount(String name) {
    return with(domains, services, name);
  }

  /** The same status with another access to the agent's API. */
  public ClinicStatus withAgentAPI(AgentAPIStatus other) {
    return with(authtoken, other, quarantinedSince, agentsRestarted, agentRestart);
  }

  /** The same status with another text of the restart annotation that was carried out. */
  public ClinicStatus withAgentsRestarted(String text) {
    return with(authtoken, agentAPI, quarantinedSince, text, null);
  }

  /** The same status with a restart of agents that is under way; null for none. */
  public ClinicStatus withAgentRestart(AgentRestartStatus restart) {
    return with(authtoken, agentAPI, quarantinedSince, agentsRestarted, restart);
  }

  /**
   * The same status for a site that is cut off, with the time of the cut and the ways in that are
   * left.
   */
  public ClinicStatus quarantined(String since, AuthtokenStatus tokens, AgentAPIStatus api) {
    return with(tokens, api, since, agentsRestarted, agentRestart);
  }

  /** The same status with other numbers of services. */
  public ClinicStatus withServices(ServicesStatus other) {
    return with(domains, other, account);
  }

  /** The same status with other domains. */
  public ClinicStatus withDomains(List<DomainStatus> other) {
    return with(other, services, account);
  }

  private ClinicStatus with(
      List<DomainStatus> otherDomains, ServicesStatus otherServices, String otherAccount) {
    return new ClinicStatus(
        observedGeneration,
        conditions,
        otherDomains,
        serviceUser,
        authtoken,
        siteKit,
        agents,
        otherServices,
        dnsRecords,
        agentAPI,
        quarantinedSince,
        agentsRestarted,
        agentRestart,
        internalDomain,
        otherAccount);
  }

  private ClinicStatus with(
      AuthtokenStatus tokens,
      AgentAPIStatus api,
      String cutOffSince,
      String restarted,
      AgentRestartStatus restart) {
    return new ClinicStatus(
        observedGeneration,
        conditions,
        domains,
        serviceUser,
        tokens,
        siteKit,
        agents,
        services,
        dnsRecords,
        api,
        cutOffSince,
        restarted,
        restart,
        internalDomain,
        account);
  }
}
