package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicAgent;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for a Clinic, and what is to be said of it.
 *
 * @param steps the remote changes, none while it is not accepted
 * @param siteKit the site kit to publish; empty while it must stay as it is
 * @param published whether the token in the Secret belongs to a credential that is there
 * @param status everything but the conditions
 * @param wakeAt when to look again though nothing happens
 */
record ClinicDecision(
    List<Step> steps,
    Assessment assessment,
    Optional<SiteKitContent> siteKit,
    boolean published,
    ClinicStatus status,
    Optional<Instant> wakeAt) {

  /** A Secret that is not ours has no label by which its deletion could be noticed. */
  private static final Duration FOREIGN_CHECK = Duration.ofSeconds(15);

  static ClinicDecision decide(ClinicObservation o) {
    Assessment assessment = new Assessment();
    ClinicClaims.check(o, assessment);
    checkAgentAPI(o, assessment);
    checkSecret(o, assessment);
    List<Step> steps = new ArrayList<>(new DomainsDecision(o, assessment).decide());
    CredentialDecision credential = new CredentialDecision(o).decide();
    steps.addAll(credential.steps());
    if (credential.isUnknown()) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The credentials at ngrok are being listed anew."));
    }
    boolean accepted = !assessment.fails(ConditionType.Accepted);
    if (accepted) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.yes(Reason.Accepted, "The manifest is valid, and its names are held by it."));
    } else {
      steps.clear();
    }
    assessment.put(
        ConditionType.ResolvedRefs,
        Verdict.yes(Reason.ResolvedRefs, "It refers to nothing that is missing."));

    SiteKitContent content = SiteKitContent.of(o);
    AgentsReport agents = new AgentsReport(o);
    String publishedHash = accepted && isPublished(o) ? content.hash() : publishedHash(o);
    List<DomainStatus> domains = DomainsDecision.statuses(o);
    List<DNSRecord> records = DomainsDecision.dnsRecords(domains);
    assessment.put(ConditionType.DomainsReady, DomainsDecision.ready(o, domains, records));
    assessment.put(ConditionType.AgentOnline, agents.online());
    assessment.put(ConditionType.SiteKitCurrent, agents.siteKit(publishedHash));
    ClinicStatus status =
        new ClinicStatus(
            o.clinic().getMetadata().getGeneration(),
            null,
            domains,
            CredentialDecision.user(o)
                .optional()
                .map(user -> new ServiceUserStatus(user.id(), user.name()))
                .orElse(o.status().serviceUser()),
            credential.status(),
            new SiteKitStatus(
                ClinicNames.siteKitSecret(o.clinic()), publishedHash, agents.installedHash()),
            agents.statuses(),
            services(o),
            records,
            o.status().agentAPI(),
            o.status().quarantinedSince(),
            o.status().agentsRestarted());
    return new ClinicDecision(
        List.copyOf(steps),
        assessment,
        accepted ? Optional.of(content) : Optional.empty(),
        credential.published().isPresent(),
        status,
        o.secret().foreign() ? Optional.of(o.now().plus(FOREIGN_CHECK)) : credential.wakeAt());
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
    HostClaims.heldBy(o.clinic(), host, clinics, services)
        .ifPresent(
            holder ->
                assessment.put(
                    ConditionType.Accepted,
                    Verdict.no(
                        Reason.HostConflict,
                        "spec.agent.api.host "
                            + host
                            + " is held by "
                            + holder.description()
                            + ": choose another.")));
  }

  private static ServicesStatus services(ClinicObservation o) {
    int ready = 0;
    for (ClinicService service : o.services()) {
      if (service.getStatus() != null
          && Conditions.isTrue(service.getStatus().conditions(), ConditionType.Ready)) {
        ready++;
      }
    }
    return new ServicesStatus(o.services().size(), ready);
  }
}
