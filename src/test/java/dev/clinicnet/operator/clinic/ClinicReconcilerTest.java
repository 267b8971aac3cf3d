package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passes over a Clinic, with the account and Kubernetes in memory. */
class ClinicReconcilerTest {
  private final OneDNSEndpoint dns = new OneDNSEndpoint();
  private final MemoryCluster cluster =
      new MemoryCluster().add(service("web").build()).publishingTo(dns);
  private Clinic clinic;

  @BeforeEach
  void applyTheClinic() {
    apply(clinic("clinic1").exclusive("a.com"));
  }

  private void apply(ClinicBuilder manifest) {
    clinic = manifest.build();
    cluster.add(clinic);
  }

  @Test
  void aClinicIsReadyAfterOnePassAndTheNextWritesNothing() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic);
    scene.observe();
    ReconcileLoop<Clinic> reconciler = reconciler(scene);
    reconciler.reconcile(clinic, cluster);
    reconciler.reconcile(clinic, cluster);
    int calls = scene.ngrok.log().size();
    int writes = cluster.writes();
    // When
    reconciler.reconcile(clinic, cluster);
    // Then
    assertThat(reason(ConditionType.Ready)).isEqualTo(Reason.Programmed.name());
    assertThat(scene.ngrok.log())
        .hasSize(calls)
        .containsExactly("create reserved_domains", "create service_users", "create credentials");
    assertThat(cluster.writes()).isEqualTo(writes);
    assertThat(
            SiteKitSecret.of(cluster.secret("clinics", "clinic1-site-kit"), "clinics/clinic1")
                .token())
        .isPresent();
  }

  @Test
  void aDeletionWaitsForTheEndpointsOfItsServices() {
    // Given
    apply(clinic("clinic1").terminating());
    Mark web = Mark.of("i", new Owner("ClinicService", "clinics", "web"), "uid", "clinic1");
    ClinicScene scene = ClinicScene.of(clinic).endpoint("ep_1", "cloud", web);
    scene.observe();
    // When
    boolean finished = reconciler(scene).cleanUp(clinic, cluster).finished();
    // Then
    assertThat(finished).isFalse();
    assertThat(reason(ConditionType.Programmed)).isEqualTo(Reason.WaitingForEndpoints.name());
  }

  @Test
  void aDeletionLooksOnceMoreForSessionsAfterTheCredentialWent() {
    // Given
    apply(clinic("clinic1").terminating());
    ClinicScene scene = ClinicScene.of(clinic).user();
    scene.credential("cr_1", scene.mark());
    scene.observe();
    ReconcileLoop<Clinic> reconciler = reconciler(scene);
    // When
    boolean finished = reconciler.cleanUp(clinic, cluster).finished();
    // Then
    assertThat(finished).isFalse();
    assertThat(reason(ConditionType.Programmed)).isEqualTo(Reason.Deleting.name());
    scene.ngrok.sweepInto(scene.inventory);
    assertThat(reconciler.cleanUp(clinic, cluster).finished()).isTrue();
    assertThat(scene.inventory.all(Resource.SERVICE_USERS)).isEmpty();
  }

  @Test
  void theRecordsOfAClinicArePublishedAndAFailureIsTriedAgainAMinuteLater() {
    // Given
    ClinicScene scene = withRecords();
    dns.refusal = new KubernetesClientException("no");
    ReconcileLoop<Clinic> reconciler = reconciler(scene);
    // When
    Outcome failed = reconciler.reconcile(clinic, cluster);
    // Then
    assertThat(reason(ConditionType.DomainsReady)).isEqualTo(Reason.DNSEndpointNotWritten.name());
    assertThat(reason(ConditionType.Ready)).isEqualTo(Reason.Programmed.name());
    assertThat(failed.requeueAt()).contains(ClinicScene.NOW.plus(DNSPublication.RETRY));
    dns.refusal = null;
    reconciler.reconcile(clinic, cluster);
    assertThat(dns.held.getSpec().endpoints()).hasSize(1);
    assertThat(reason(ConditionType.DomainsReady)).isEqualTo(Reason.DomainsReady.name());
  }

  @Test
  void aSuspendedClinicAndARefusedOneLeaveWhatIsPublished() {
    // Given
    ClinicScene scene = withRecords();
    ReconcileLoop<Clinic> reconciler = reconciler(scene);
    // When
    apply(clinic("clinic1").exclusive("a.com").suspended());
    reconciler.reconcile(clinic, cluster);
    apply(clinic("clinic1").exclusive("a.com").agentAPI("b.example.org"));
    reconciler.reconcile(clinic, cluster);
    // Then
    assertThat(reason(ConditionType.Accepted)).isEqualTo(Reason.HostNotCovered.name());
    assertThat(dns.writes).isZero();
  }

  /** The Clinic's domain with a target, so that there is a record to publish. */
  private ClinicScene withRecords() {
    ClinicScene scene = ClinicScene.of(clinic);
    scene.domain(
        new ReservedDomain(
            "rd_1",
            null,
            "a.com",
            null,
            scene.mark().text(),
            "a.cname.net",
            null,
            null,
            null,
            null));
    scene.observe();
    return scene;
  }

  private String reason(ConditionType type) {
    return Conditions.find(clinic.getStatus().conditions(), type).orElseThrow().reason();
  }

  private static ReconcileLoop<Clinic> reconciler(ClinicScene scene) {
    Clock clock = Clock.fixed(ClinicScene.NOW, ZoneOffset.UTC);
    Attempts attempts = new Attempts();
    Account account =
        Account.unswept(
            "default",
            scene.ngrok,
            scene.inventory,
            new PlanRunner(scene.ngrok, scene.inventory, attempts, clock),
            attempts,
            clock);
    return new ReconcileLoop<>(
        new ClinicKind(
            account,
            new Settings("i", Duration.ofDays(7)),
            new AgentAPIKeeper(new SecureRandom()),
            () -> "nonce",
            AgentObserver.NONE,
            AuditTrail.NONE,
            clock),
        new Locks(),
        new DriftReport(AuditTrail.NONE, DriftObserver.NONE, clock));
  }
}
