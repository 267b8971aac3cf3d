package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Happening;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Protects a token from loss. The Secret says that a credential will be created before the request,
 * and gets the token directly after the answer. The status says which agents will restart before
 * the first of them does.
 */
final class ClinicJournal implements Journal {
  private final Clinic clinic;
  private final Cluster cluster;
  private final AgentAPIKeeper keeper;
  private final String account;
  private ClinicObservation observation;
  private ClinicDecision decision;
  private SiteKitSecret secret;
  private ClinicStatus status;
  private DNSPublication dns;
  private final KeptObjects kept;

  /**
   * The journal of one pass.
   *
   * @param account the account as a status has it
   */
  ClinicJournal(Clinic clinic, Cluster cluster, AgentAPIKeeper keeper, String account) {
    this.clinic = clinic;
    this.cluster = cluster;
    this.keeper = keeper;
    this.account = account;
    this.status = ClinicStatus.of(clinic);
    this.dns = DNSPublication.of(clinic, cluster);
    this.kept = new KeptObjects(clinic, cluster);
  }

  /** The objects in Kubernetes that outlive the Clinic. */
  KeptObjects kept() {
    return kept;
  }

  /** The last status, with everything that was noted since. */
  ClinicStatus status() {
    return status;
  }

  /** The present publication of the DNS records. */
  DNSPublication dns() {
    return dns;
  }

  /** Sets the state on which the next steps depend. */
  void expect(ClinicObservation seen, ClinicDecision decided) {
    this.observation = seen;
    this.decision = decided;
    this.secret = seen.secret();
  }

  @Override
  public boolean write(Step.Write step) {
    if (clinic.isMarkedForDeletion()) {
      return kept.separate(step);
    }
    if (step.kind().equals(Publications.DNS_ENDPOINT)) {
      dns = dns.write(clinic, decision.status().dnsRecords(), cluster);
      return dns.failure().isEmpty();
    }
    if (!step.name().equals(ClinicNames.siteKitSecret(clinic))) {
      send(keeper.make(observation, decision.agentAPI()), observation.agentAPI().present() == null);
    } else if (decision.lostToken() == LostToken.FOUND) {
      write(SiteKitSecrets.lost(clinic, secret));
    } else {
      Map<String, String> files = files(secret.token().orElseThrow());
      boolean issuing = CredentialDecision.isIssuing(observation);
      Secret wanted = SiteKitSecrets.renewed(clinic, secret, issuing, files);
      SiteLock lock = SiteLock.of(observation);
      if (lock.isDue()) {
        wanted = SiteKitSecrets.withLock(clinic, wanted, lock.renewed(keeper.random()));
      }
      if (secret.holds(files)) {
        write(wanted);
      } else {
        publish(files, wanted);
      }
    }
    return true;
  }

  private Map<String, String> files(Token token) {
    return decision.siteKit().orElseThrow().files(token);
  }

  @Override
  public void begin() {
    if (!Objects.equals(account, status.account())) {
      write(status.inAccount(account));
    }
  }

  @Override
  public void intend(Step.Create<?, ?> step) {
    if (step.body() instanceof Credential.Create create) {
      String nonce = Mark.parse(create.metadata()).orElseThrow().nonce();
      if (secret.pendingNonce().filter(nonce::equals).isEmpty()) {
        write(SiteKitSecrets.pending(clinic, secret, nonce));
      }
    } else {
      throw Journal.unknown(step);
    }
  }

  @Override
  public void intend(Step.RestartSession step) {
    if (decision.status().agentRestart() != null) {
      return;
    }
    ClinicStatus intent = status.withAgentRestart(AgentRestart.begin(clinic, decision.steps()));
    if (!intent.equals(status)) {
      write(intent);
    }
  }

  private void write(ClinicStatus intent) {
    cluster.applyStatus(StatusReport.withStatus(clinic, new Clinic(), intent));
    status = intent;
  }

  @Override
  public void done(Step step, RemoteObject answer) {
    if (step instanceof Step.Create<?, ?> && answer instanceof Credential credential) {
      Map<String, String> files = files(credential.token());
      publish(files, SiteKitSecrets.issued(clinic, secret, credential.id(), files));
    } else if (answer instanceof Endpoint endpoint
        && PublicEndpoint.policySent(step) != null
        && isOwn(endpoint)) {
      // This needs no separate write, because a lost echo costs only one comparison of meaning.
      status = withAgentAPI(status, endpoint, PublicEndpoint.policySent(step));
    }
  }

  /** Whether it is the endpoint of the agent's API, and not one that a service left behind. */
  private boolean isOwn(Endpoint endpoint) {
    return Mark.parse(endpoint.metadata())
        .flatMap(Mark::owner)
        .filter(Owner.of(clinic)::equals)
        .isPresent();
  }

  private static ClinicStatus withAgentAPI(ClinicStatus status, Endpoint endpoint, String sent) {
    AgentAPIStatus known = status.agentAPI();
    return status.withAgentAPI(
        new AgentAPIStatus(
            new EndpointStatus(
                endpoint.id(), ContentHash.of(sent), PublicEndpoint.echoHash(endpoint)),
            known == null ? null : known.secretName(),
            known == null ? null : known.certificateExpiresAt()));
  }

  private void publish(Map<String, String> files, Secret wanted) {
    String change = SiteKitChange.describe(secret, files);
    write(wanted);
    cluster.emit(clinic, Happening.SiteKitWritten, change);
  }

  private void write(Secret wanted) {
    Secret written = send(wanted, secret.isAbsent());
    secret = SiteKitSecret.of(Optional.of(written), ClinicNames.path(clinic));
  }

  private Secret send(Secret wanted, boolean absent) {
    try {
      return absent ? cluster.createSecret(wanted) : cluster.updateSecret(wanted);
    } catch (KubernetesClientException e) {
      throw SiteKitNotWritten.isRefusal(e)
          ? SiteKitNotWritten.waiting(wanted.getMetadata().getName(), e)
          : e;
    }
  }
}
