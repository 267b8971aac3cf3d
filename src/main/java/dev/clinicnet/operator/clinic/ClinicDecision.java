package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentAPIEndpoint;
import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicAgent;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Decision;
import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps for a Clinic, and the verdicts on it.
 *
 * @param publications the writes in Kubernetes, none while it is not accepted
 * @param remote the changes at ngrok; while it is not accepted, only what takes access away
 * @param left changes by others that may not be corrected, because the Clinic is not accepted
 * @param agentAPI the decision on the agent's API
 * @param siteKit the site kit to publish; empty while it must stay as it is
 * @param published whether the token in the Secret belongs to an existing credential
 * @param lostToken what is known of a credential whose token never came into the Secret
 * @param status everything but the conditions
 * @param services the number of its services
 * @param agents the state of its agents, in numbers
 * @param requeueAt the time of the next pass if nothing happens before
 */
record ClinicDecision(
    List<Step> publications,
    List<Step> remote,
    Assessment assessment,
    List<Drift> left,
    AgentAPIDecision agentAPI,
    Optional<SiteKitContent> siteKit,
    boolean published,
    LostToken lostToken,
    ClinicStatus status,
    ServiceCount services,
    AgentFacts agents,
    Optional<Instant> requeueAt)
    implements Decision {

  /** The wait for a foreign Secret. It has no label by which its deletion could be noticed. */
  private static final Duration FOREIGN_CHECK = Duration.ofSeconds(15);

  static ClinicDecision decide(ClinicObservation o) {
    return converge(o).publishing(o);
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(publications);
    steps.addAll(remote);
    return steps;
  }

  /**
   * Whether it asks for nothing, and the status of the Clinic says already what it says. Programmed
   * is left out: it follows from the steps, and from the account.
   */
  boolean leavesAsIs(Clinic clinic) {
    ClinicStatus now = ClinicStatus.of(clinic);
    ClinicStatus fresh =
        status.judged(clinic.getMetadata().getGeneration(), now.conditions(), now.internalDomain());
    return steps().isEmpty()
        && now.equals(services.in(fresh, now))
        && assessment.agreesWith(now.conditions(), ConditionType.Programmed);
  }

  /**
   * Whether it only begins with a new Clinic, and each of its steps has to wait for its turn in the
   * request budget. The Clinic has no service user yet, so there can be no token in a Secret.
   */
  boolean onlyBegins() {
    return publications.isEmpty()
        && remote.stream().anyMatch(ClinicDecision::createsServiceUser)
        && remote.stream().noneMatch(step -> step.lane().takesAway());
  }

  private static boolean createsServiceUser(Step step) {
    return step instanceof Step.Create<?, ?> create
        && create.resource().equals(Resource.SERVICE_USERS);
  }

  private static ClinicDecision converge(ClinicObservation o) {
    Assessment assessment = new Assessment();
    o.notGranted().ifPresent(problem -> assessment.put(ConditionType.Accepted, problem));
    ClinicClaims.check(o, assessment);
    checkAgentAPI(o, assessment);
    checkSecret(o, assessment);
    DomainsDecision domainsDecision = new DomainsDecision(o, assessment);
    List<Step> wanted = new ArrayList<>(domainsDecision.decide());
    AgentAPIDecision agentAPI = AgentAPIDecision.decide(o, assessment);
    boolean accepted = !assessment.fails(ConditionType.Accepted);
    CredentialDecision credential = new CredentialDecision(o, assessment).decide();
    wanted.addAll(credential.steps());
    wanted.addAll(agentAPI.steps());
    AgentRestart restart = AgentRestart.of(o);
    wanted.addAll(restart.steps());
    List<Step> permitted = wanted;
    List<Drift> left = List.of();
    if (accepted) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.yes(
              Reason.Accepted, "The manifest is valid, and no other object claims its names."));
    } else {
      permitted = RefusedClinic.steps(o, credential, agentAPI);
      left = RefusedClinic.left(wanted, permitted);
      permitted.addAll(domainsDecision.releasesInExchange());
      if (o.notGranted().isPresent() && o.grant().closesRevoked()) {
        permitted.addAll(AgentAPIDecision.close(o));
      }
    }
    List<Step> steps =
        new ArrayList<>(AgentAPIDecision.strays(o).closeIn(permitted, AgentAPIDecision.present(o)));
    o.proxyPassword()
        .problem()
        .ifPresent(problem -> assessment.put(ConditionType.ResolvedRefs, problem));
    assessment.put(
        ConditionType.ResolvedRefs,
        Verdict.yes(Reason.ResolvedRefs, "All referenced objects exist."));

    Optional<SiteKitContent> content = SiteKitContent.of(o).filter(kit -> !agentAPI.isLocked(o));
    if (content.isEmpty()) {
      // A token that could not be published would be lost.
      steps.removeIf(ClinicDecision::issuesToken);
    }
    boolean publishes = content.isPresent() && accepted && isPublished(o);
    AgentsReport agents = new AgentsReport(o, asked(o, content), publishes);
    String publishedHash =
        publishes ? content.orElseThrow().hash(o.secret().token().orElseThrow()) : publishedHash(o);
    List<DomainStatus> domains = HeldDomains.statuses(o);
    List<DNSRecord> records = DomainsReadiness.dnsRecords(domains);
    assessment.put(ConditionType.DomainsReady, DomainsReadiness.ready(o, domains, records));
    assessment.put(ConditionType.AgentOnline, agents.online());
    Verdict siteKit = agents.siteKit(publishedHash, credential.status());
    assessment.put(ConditionType.SiteKitCurrent, siteKit);
    ServiceCount count = ServiceCount.of(o);
    ClinicStatus status =
        new ClinicStatus(
            o.clinic().getMetadata().getGeneration(),
            null,
            domains,
            ServiceUserDecision.user(o)
                .optional()
                .map(user -> ServiceUserDecision.status(o, user))
                .orElse(o.status().serviceUser()),
            credential.status(),
            new SiteKitStatus(
                ClinicNames.siteKitSecret(o.clinic()),
                publishedHash,
                agents.installedHash(),
                SiteLock.of(o).id()),
            agents.statuses(),
            count.now(),
            records,
            agentAPI.status(),
            // The site stays cut off until there is a new token.
            credential.published().isPresent() ? null : o.status().quarantinedSince(),
            restart.obeyed(),
            restart.underWay(),
            o.internalDomain(),
            o.status().account());
    boolean cutOff = ClinicQuarantine.lasts(o);
    if (cutOff) {
      ClinicQuarantine.judge(o, assessment);
    }
    return new ClinicDecision(
        List.of(),
        cutOff ? ClinicQuarantine.steps(o) : List.copyOf(steps),
        assessment,
        left,
        agentAPI,
        content.filter(kit -> accepted && !cutOff),
        credential.published().isPresent() && !cutOff,
        credential.lostToken(),
        cutOff ? ClinicQuarantine.status(o, status) : status,
        count,
        new AgentFacts(
            true,
            agents.count(),
            siteKit.isTrue(),
            assessment.get(ConditionType.AgentOnOldToken).isPresent(),
            agents.unexpectedEndpoints(),
            Annotations.isQuarantined(o.clinic())),
        Outcome.earliest(
            Outcome.earliest(agents.requeueAt(), count.waitsUntil()),
            o.secret().foreign() || o.agentAPI().foreign()
                ? Optional.of(o.now().plus(FOREIGN_CHECK))
                : Outcome.earliest(credential.requeueAt(), agentAPI.requeueAt())));
  }

  /** The endpoints that the agents must bind. Those of the services are always known. */
  private static Set<String> asked(ClinicObservation o, Optional<SiteKitContent> content) {
    return content
        .map(SiteKitContent::urls)
        .orElseGet(() -> Set.of(AgentAPIEndpoint.url(o.internalDomain())));
  }

  /** The same decision with other changes at ngrok and another status. */
  ClinicDecision with(List<Step> others, ClinicStatus other) {
    return with(publications, others, other, requeueAt);
  }

  /** The same decision with the writes to Kubernetes. */
  private ClinicDecision publishing(ClinicObservation o) {
    Optional<Verdict> problem =
        assessment.fails(ConditionType.Accepted)
            ? Optional.empty()
            : o.dns().problem(o.clinic(), status.dnsRecords());
    problem.ifPresent(verdict -> assessment.replace(ConditionType.DomainsReady, verdict));
    return with(
        Publications.due(o, this),
        remote,
        status,
        Outcome.earliest(requeueAt, problem.map(verdict -> o.now().plus(DNSPublication.RETRY))));
  }

  private ClinicDecision with(
      List<Step> writes, List<Step> changes, ClinicStatus other, Optional<Instant> when) {
    return new ClinicDecision(
        writes,
        changes,
        assessment,
        left,
        agentAPI,
        siteKit,
        published,
        lostToken,
        other,
        services,
        agents,
        when);
  }

  private static boolean issuesToken(Step step) {
    return step instanceof Step.Create<?, ?> create && create.body() instanceof Credential.Create;
  }

  private static boolean isPublished(ClinicObservation o) {
    return o.secret().token().isPresent() && !o.clinic().getSpec().suspend();
  }

  private static String publishedHash(ClinicObservation o) {
    return o.status().siteKit() == null ? null : o.status().siteKit().configHash();
  }

  private static void checkSecret(ClinicObservation o, Assessment assessment) {
    if (o.secret().foreign()) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.no(
              Reason.SiteKitSecretConflict,
              "The Secret "
                  + ClinicNames.siteKitSecret(o.clinic())
                  + " belongs to something else. Set spec.agent.siteKit.secretName to another name,"
                  + " or delete that Secret."));
    }
  }

  private static void checkAgentAPI(ClinicObservation o, Assessment assessment) {
    ClinicAgent agent = o.clinic().getSpec().agent();
    if (agent.api() == null) {
      return;
    }
    String host = agent.api().host();
    boolean covered =
        o.clinic().getSpec().domains().stream().anyMatch(d -> DomainNames.covers(d.name(), host));
    if (!covered) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.no(
              Reason.HostNotCovered,
              "spec.agent.api.host "
                  + host
                  + " is covered by no entry of spec.domains: list it, or a wildcard exactly one"
                  + " label above it."));
    }
    List<Clinic> clinics =
        o.rivals().stream()
            .filter(other -> ClaimKeys.of(other).contains(ClaimKeys.host(host)))
            .toList();
    List<ClinicService> services =
        o.hostRivals().stream()
            .filter(service -> ClaimKeys.of(service).contains(ClaimKeys.host(host)))
            .toList();
    HostClaims.heldBy(
            o.clinic(),
            host,
            o.holders().keeping(clinics, o.clinic()),
            o.holders().keeping(services, o.clinic()))
        .ifPresent(
            holder ->
                assessment.put(
                    ConditionType.Accepted,
                    Verdict.no(
                            Reason.HostConflict,
                            "spec.agent.api.host "
                                + host
                                + " is held by "
                                + holder.toldTo(o.owner().namespace())
                                + ": choose another.")
                        .withholding(
                            holder.keptFrom(
                                o.owner().namespace(),
                                o.inventory().told(Resource.ENDPOINTS, "https://" + host)))));
  }
}
