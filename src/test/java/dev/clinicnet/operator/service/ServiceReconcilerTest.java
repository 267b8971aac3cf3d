package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.SweepListener;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.metrics.CertificateMetrics;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** One pass after the other over a service, with the account and Kubernetes in memory. */
class ServiceReconcilerTest {
  private static final Clock CLOCK = Clock.fixed(ServiceScene.NOW, ZoneOffset.UTC);

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final AtomicInteger nonces = new AtomicInteger();
  private final OneService cluster = new OneService(service("db").tcp().build());
  private final ServiceReconciler reconciler = reconciler();

  /** A cluster that holds one service, and applies its status. */
  private static final class OneService implements Cluster {
    private final ClinicService service;
    private int writes;

    private OneService(ClinicService service) {
      this.service = service;
    }

    @Override
    public Optional<Clinic> clinic(String namespace, String name) {
      return Optional.of(ServiceDecisionTest.acceptedClinic());
    }

    @Override
    public Collection<Clinic> clinicsBy(String claimKey) {
      return List.of();
    }

    @Override
    public Collection<ClinicSession> sessionsBy(String claimKey) {
      return List.of();
    }

    @Override
    public Collection<ClinicService> servicesBy(String claimKey) {
      return List.of(service);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
      return Optional.empty();
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
    public Secret createSecret(Secret secret) {
      throw new AssertionError("a service has no Secret");
    }

    @Override
    public Secret updateSecret(Secret secret) {
      throw new AssertionError("a service has no Secret");
    }

    @Override
    public void applyStatus(HasMetadata withStatus) {
      writes++;
      service.setStatus(((ClinicService) withStatus).getStatus());
    }

    @Override
    public void emit(HasMetadata about, boolean warning, String reason, String message) {}
  }

  @Test
  void aServiceIsReadyAfterOnePassAndTheNextWritesNothing() {
    // Given
    ngrok.sweepInto(inventory);
    reconciler.reconcile(cluster.service, cluster);
    int calls = ngrok.log().size();
    int writes = cluster.writes;
    // When
    reconciler.reconcile(cluster.service, cluster);
    // Then
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    assertThat(ngrok.log()).hasSize(calls);
    assertThat(cluster.writes).isEqualTo(writes);
  }

  @Test
  void theIntentOutlivesACreateThatFailed() {
    // Given
    ngrok.sweepInto(inventory);
    ngrok.failing("create reserved_addrs", ScriptedNgrok.failure(Failure.INVALID));
    // When
    reconciler.reconcile(cluster.service, cluster);
    // Then
    assertThat(cluster.service.getStatus().address().nonce()).isEqualTo("nonce 1");
    assertThat(ready()).isEqualTo(Reason.RejectedByPlatform.name());
  }

  @Test
  void aCreateThatWasRefusedIsNotSentAgainByTheNextPass() {
    // Given
    ngrok.sweepInto(inventory);
    ngrok.failing("create reserved_addrs", ScriptedNgrok.failure(Failure.INVALID));
    reconciler.reconcile(cluster.service, cluster);
    // When
    reconciler.reconcile(cluster.service, cluster);
    // Then
    assertThat(ngrok.log()).containsExactly("create reserved_addrs");
    assertThat(ready()).isEqualTo(Reason.RejectedByPlatform.name());
  }

  @Test
  void nothingIsSentWhileTheAccountIsNotKnown() {
    // When
    reconciler.reconcile(cluster.service, cluster);
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
    reconciler.reconcile(cluster.service, cluster);
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    // When
    ClinicServiceStatus s = cluster.service.getStatus();
    cluster.service.setStatus(
        new ClinicServiceStatus(
            s.observedGeneration(),
            List.of(),
            s.internalURL(),
            s.internalBoundAt(),
            s.publicURL(),
            s.address(),
            s.endpoint(),
            s.deletionPolicy(),
            List.of(new VaultSecretStatus("clinics/db/x", null)),
            null));
    reconciler.reconcile(cluster.service, cluster);
    // Then
    assertThat(ready()).isEqualTo(Reason.Pending.name());
    sweep(Resource.VAULTS);
    sweep(Resource.VAULT_SECRETS);
    reconciler.reconcile(cluster.service, cluster);
    assertThat(ready()).isEqualTo(Reason.Programmed.name());
    assertThat(cluster.service.getStatus().vaultSecrets()).isEmpty();
  }

  private <T extends RemoteObject> void sweep(Resource<T, ?, ?> resource) {
    inventory.completeSweep(
        resource, inventory.beginSweep(resource), ngrok.list(resource, Lane.SWEEP));
  }

  private String ready() {
    return Conditions.find(cluster.service.getStatus().conditions(), ConditionType.Ready)
        .orElseThrow()
        .reason();
  }

  private ServiceReconciler reconciler() {
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
            inventory,
            new PlanRunner(ngrok, inventory, attempts, CLOCK),
            attempts,
            new Sweeper(ngrok, inventory, never, never, nobody),
            guard);
    return new ServiceReconciler(
        account,
        new Settings("i", Duration.ofDays(7)),
        new Locks(),
        () -> "nonce " + nonces.incrementAndGet(),
        new CertificateMetrics(new SimpleMeterRegistry()),
        CLOCK);
  }
}
