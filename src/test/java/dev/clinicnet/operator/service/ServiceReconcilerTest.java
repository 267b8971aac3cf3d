package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several passes over a service, with the account and Kubernetes in memory. */
class ServiceReconcilerTest {
  private static final Clock CLOCK = Clock.fixed(ServiceScene.NOW, ZoneOffset.UTC);

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final AtomicInteger nonces = new AtomicInteger();
  private final ClinicService service = service("db").tcp().build();
  private final MemoryCluster cluster =
      new MemoryCluster().add(ServiceDecisionTest.acceptedClinic()).add(service);
  private final ReconcileLoop<ClinicService> reconciler = reconciler();

  @Test
  void aServiceIsReadyAfterOnePassAndTheNextWritesNothing() {
    // Given
    ngrok.sweepInto(inventory);
    reconciler.reconcile(service, cluster);
    int calls = ngrok.log().size();
    int writes = cluster.writes();
    // When
    reconciler.reconcile(service, cluster);
    // Then
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    assertThat(ngrok.log()).hasSize(calls);
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void theIntentOutlivesACreateThatFailed() {
    // Given
    ngrok.sweepInto(inventory);
    ngrok.failing("create reserved_addrs", ScriptedNgrok.failure(Failure.INVALID));
    // When
    reconciler.reconcile(service, cluster);
    // Then
    assertThat(service.getStatus().address().nonce()).isEqualTo("nonce 1");
    assertThat(ready()).isEqualTo(Reason.RejectedByPlatform.name());
  }

  @Test
  void aCreateThatWasRefusedIsNotSentAgainByTheNextPass() {
    // Given
    ngrok.sweepInto(inventory);
    ngrok.failing("create reserved_addrs", ScriptedNgrok.failure(Failure.INVALID));
    reconciler.reconcile(service, cluster);
    // When
    reconciler.reconcile(service, cluster);
    // Then
    assertThat(ngrok.log()).containsExactly("create reserved_addrs");
    assertThat(ready()).isEqualTo(Reason.RejectedByPlatform.name());
  }

  @Test
  void nothingIsSentWhileTheAccountIsNotKnown() {
    // When
    reconciler.reconcile(service, cluster);
    // Then
    assertThat(ngrok.log()).isEmpty();
    assertThat(ready()).isEqualTo(Reason.Pending.name());
  }

  @Test
  void onlyAServiceThatUsesTheVaultWaitsForIt() {
    // Given
    for (Resource<?, ?, ?> resource :
        List.of(Resource.RESERVED_DOMAINS, Resource.RESERVED_ADDRS, Resource.ENDPOINTS)) {
      sweep(resource);
    }
    reconciler.reconcile(service, cluster);
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    // When
    service.setStatus(
        service
            .getStatus()
            .judged(1, List.of())
            .withVaultSecret(new VaultSecretStatus("clinics/db/x", null)));
    reconciler.reconcile(service, cluster);
    // Then
    assertThat(ready()).isEqualTo(Reason.Pending.name());
    sweep(Resource.VAULTS);
    sweep(Resource.VAULT_SECRETS);
    reconciler.reconcile(service, cluster);
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    assertThat(service.getStatus().vaultSecrets()).isEmpty();
  }

  private <T extends RemoteObject> void sweep(Resource<T, ?, ?> resource) {
    inventory.completeSweep(
        resource, inventory.beginSweep(resource), ngrok.list(resource, Lane.SWEEP));
  }

  private String ready() {
    return Conditions.find(service.getStatus().conditions(), ConditionType.Ready)
        .orElseThrow()
        .reason();
  }

  private ReconcileLoop<ClinicService> reconciler() {
    Attempts attempts = new Attempts();
    Account account =
        Account.unswept(
            "default",
            ngrok,
            inventory,
            new PlanRunner(ngrok, inventory, attempts, CLOCK),
            attempts,
            CLOCK);
    return new ReconcileLoop<>(
        new ServiceKind(
            account,
            new Settings("i", Duration.ofDays(7)),
            () -> "nonce " + nonces.incrementAndGet(),
            ExpiryObserver.NONE,
            CLOCK),
        new Locks(),
        new DriftReport(AuditTrail.NONE, DriftObserver.NONE, CLOCK));
  }
}
