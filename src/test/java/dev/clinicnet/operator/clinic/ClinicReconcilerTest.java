package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.account.SweepListener;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Passes over a Clinic, with the account and Kubernetes in memory. */
class ClinicReconcilerTest {
  private final OneClinic cluster = new OneClinic();

  /** A cluster that holds one Clinic, its service and its Secret, and applies what is written. */
  private static final class OneClinic implements Cluster {
    private Clinic clinic = ClinicBuilder.clinic("clinic1").exclusive("a.com").build();
    private final OneDNSEndpoint dns = new OneDNSEndpoint();
    private Secret secret;
    private int writes;

    @Override
    public Optional<Clinic> clinic(String namespace, String name) {
      return Optional.of(clinic);
    }

    @Override
    public Collection<Clinic> clinicsBy(String claimKey) {
      return List.of(clinic);
    }

    @Override
    public Collection<ClinicSession> sessionsBy(String claimKey) {
      return List.of();
    }

    @Override
    public Collection<ClinicService> servicesBy(String claimKey) {
      return List.of(service("web").build());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
      return Optional.ofNullable(secret);
    }

    @Override
    public Optional<Secret> referencedSecret(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public Optional<DNSEndpoints> dnsEndpoints() {
      return Optional.of(dns);
    }

    @Override
    public Secret createSecret(Secret created) {
      return updateSecret(created);
    }

    @Override
    public Secret updateSecret(Secret updated) {
      writes++;
      secret = updated;
      return updated;
    }

    @Override
    public void applyStatus(HasMetadata withStatus) {
      writes++;
      clinic.setStatus(((Clinic) withStatus).getStatus());
    }

    @Override
    public void emit(HasMetadata about, boolean warning, String reason, String message) {}
  }

  @Test
  void aClinicIsReadyAfterOnePassAndTheNextWritesNothing() {
    // Given
    ClinicScene scene = ClinicScene.of(cluster.clinic);
    scene.observe();
    ClinicReconciler reconciler = reconciler(scene);
    reconciler.reconcile(cluster.clinic, cluster);
    reconciler.reconcile(cluster.clinic, cluster);
    int calls = scene.ngrok.log().size();
    int writes = cluster.writes;
    // When
    reconciler.reconcile(cluster.clinic, cluster);
    // Then
    assertThat(reason(ConditionType.Ready)).isEqualTo(Reason.Programmed.name());
    assertThat(scene.ngrok.log())
        .hasSize(calls)
        .containsExactly("create reserved_domains", "create service_users", "create credentials");
    assertThat(cluster.writes).isEqualTo(writes);
    assertThat(SiteKitSecret.of(Optional.of(cluster.secret), "clinics/clinic1").token())
        .isPresent();
  }

  @Test
  void aDeletionWaitsForTheEndpointsOfItsServices() {
    // Given
    cluster.clinic = clinic("clinic1").terminating().build();
    Mark web = Mark.of("i", new Owner("ClinicService", "clinics", "web"), "uid", "clinic1");
    ClinicScene scene = ClinicScene.of(cluster.clinic).endpoint("ep_1", "cloud", web);
    scene.observe();
    // When
    boolean finished = reconciler(scene).cleanUp(cluster.clinic, cluster).finished();
    // Then
    assertThat(finished).isFalse();
    assertThat(reason(ConditionType.Programmed)).isEqualTo(Reason.WaitingForEndpoints.name());
  }

  @Test
  void aDeletionLooksOnceMoreForSessionsAfterTheCredentialWent() {
    // Given
    cluster.clinic = clinic("clinic1").terminating().build();
    ClinicScene scene = ClinicScene.of(cluster.clinic).user();
    scene.credential("cr_1", scene.mark());
    scene.observe();
    ClinicReconciler reconciler = reconciler(scene);
    // When
    boolean finished = reconciler.cleanUp(cluster.clinic, cluster).finished();
    // Then
    assertThat(finished).isFalse();
    assertThat(reason(ConditionType.Programmed)).isEqualTo(Reason.Deleting.name());
    scene.ngrok.sweepInto(scene.inventory);
    assertThat(reconciler.cleanUp(cluster.clinic, cluster).finished()).isTrue();
    assertThat(scene.inventory.all(Resource.SERVICE_USERS)).isEmpty();
  }

  @Test
  void theRecordsOfAClinicArePublishedAndAFailureIsTriedAgainAMinuteLater() {
    // Given
    ClinicScene scene = withRecords();
    cluster.dns.refusal = new KubernetesClientException("no");
    ClinicReconciler reconciler = reconciler(scene);
    // When
    Outcome failed = reconciler.reconcile(cluster.clinic, cluster);
    // Then
    assertThat(reason(ConditionType.DomainsReady)).isEqualTo(Reason.DNSEndpointNotWritten.name());
    assertThat(reason(ConditionType.Ready)).isEqualTo(Reason.Programmed.name());
    assertThat(failed.wakeAt()).contains(ClinicScene.NOW.plus(DNSPublication.RETRY));
    cluster.dns.refusal = null;
    reconciler.reconcile(cluster.clinic, cluster);
    assertThat(cluster.dns.held.getSpec().endpoints()).hasSize(1);
    assertThat(reason(ConditionType.DomainsReady)).isEqualTo(Reason.DomainsReady.name());
  }

  @Test
  void aSuspendedClinicAndARefusedOneLeaveWhatIsPublished() {
    // Given
    ClinicScene scene = withRecords();
    ClinicReconciler reconciler = reconciler(scene);
    // When
    cluster.clinic = clinic("clinic1").exclusive("a.com").suspended().build();
    reconciler.reconcile(cluster.clinic, cluster);
    cluster.clinic = clinic("clinic1").exclusive("a.com").agentAPI("b.example.org").build();
    reconciler.reconcile(cluster.clinic, cluster);
    // Then
    assertThat(reason(ConditionType.Accepted)).isEqualTo(Reason.HostNotCovered.name());
    assertThat(cluster.dns.writes).isZero();
  }

  /** The Clinic's domain with a target, so that there is a record to publish. */
  private ClinicScene withRecords() {
    ClinicScene scene = ClinicScene.of(cluster.clinic);
    scene.domain(
        new ReservedDomain(
            "rd_1", null, "a.com", scene.mark().text(), "a.cname.net", null, null, null, null));
    scene.observe();
    return scene;
  }

  private String reason(ConditionType type) {
    return Conditions.find(cluster.clinic.getStatus().conditions(), type).orElseThrow().reason();
  }

  private static ClinicReconciler reconciler(ClinicScene scene) {
    Clock clock = Clock.fixed(ClinicScene.NOW, ZoneOffset.UTC);
    Attempts attempts = new Attempts();
    SweepListener nobody =
        new SweepListener() {
          @Override
          public void listed(
              Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {}

          @Override
          public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {}

          @Override
          public void failed(NgrokException failure) {}
        };
    AccountGuard guard = new AccountGuard();
    guard.check(List.of(), id -> false, true);
    Duration never = Duration.ofHours(10);
    Account account =
        new Account(
            "default",
            scene.inventory,
            new PlanRunner(scene.ngrok, scene.inventory, attempts, clock),
            attempts,
            new Sweeper(scene.ngrok, scene.inventory, never, never, nobody),
            guard);
    return new ClinicReconciler(
        account,
        new Settings("i", Duration.ofDays(7)),
        new Locks(),
        new AgentAPIKeeper(new SecureRandom()),
        () -> "nonce",
        AgentObserver.NONE,
        AuditTrail.NONE,
        clock);
  }
}
