package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a token from being lost: the Secret says that a credential is about to be made before it
 * is, and takes the token in as soon as there is one, with nothing in between.
 */
final class ClinicJournal implements Journal {
  /** The reason of the Event that tells why the Secret of the site kit was written. */
  private static final String SITE_KIT_WRITTEN = "SiteKitWritten";

  private final Clinic clinic;
  private final Cluster cluster;
  private SiteKitSecret secret;
  private SiteKitContent content;
  private ClinicStatus status;

  ClinicJournal(Clinic clinic, Cluster cluster) {
    this.clinic = clinic;
    this.cluster = cluster;
    this.status = clinic.getStatus() == null ? ClinicStatus.EMPTY : clinic.getStatus();
  }

  /** The last status, with what was noted since. */
  ClinicStatus status() {
    return status;
  }

  /** What the next steps are based on. */
  void expect(SiteKitSecret secret, SiteKitContent content) {
    this.secret = secret;
    this.content = content;
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
  public void done(Step step, RemoteObject answer) {
    if (step instanceof Step.Create<?, ?> && answer instanceof Credential credential) {
      publish(credential.id(), content.files(credential.token()));
    } else if (answer instanceof Endpoint endpoint && PublicEndpoint.policySent(step) != null) {
      // Not worth a write of its own: a lost echo costs one comparison of meaning.
      status = withAgentAPI(status, endpoint, PublicEndpoint.policySent(step));
    }
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

  /** Writes the Secret with what is shown to the agent's API. */
  void keep(Secret wanted, AgentAPISecret now) {
    send(wanted, now.present() == null);
  }

  /** Publishes the site kit anew when its files differ from what they should be. */
  void publish(SiteKitSecret now, SiteKitContent wanted) {
    if (now.token().isEmpty() || now.credentialID().isEmpty()) {
      return;
    }
    var files = wanted.files(now.token().get());
    boolean same =
        files.entrySet().stream()
            .allMatch(file -> now.data(file.getKey()).filter(file.getValue()::equals).isPresent());
    if (same && now.pendingNonce().isEmpty() && SiteKitSecrets.isOwned(clinic, now.present())) {
      return;
    }
    this.secret = now;
    publish(now.credentialID().get(), files);
  }

  private void publish(String credentialID, Map<String, String> files) {
    String change = SiteKitChange.describe(secret, files);
    write(SiteKitSecrets.complete(clinic, secret, credentialID, files));
    cluster.emit(clinic, false, SITE_KIT_WRITTEN, change);
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
          ? new SiteKitNotWritten(wanted.getMetadata().getName(), e)
          : e;
    }
  }
}
