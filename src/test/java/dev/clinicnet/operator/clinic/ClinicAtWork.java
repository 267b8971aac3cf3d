package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.KnownID;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.SweepListener;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;

/** One Clinic, with an agent, under a reconciler; the account and Kubernetes are in memory. */
abstract class ClinicAtWork implements Cluster {
  final List<String> events = new ArrayList<>();
  final List<AuditEvent> trail = new ArrayList<>();
  final AccountGuard guard = new AccountGuard();
  Clinic clinic = ClinicBuilder.clinic("clinic1").build();
  final ClinicScene scene = ClinicScene.of(clinic);
  final Map<String, Secret> secrets = new HashMap<>();
  boolean takesSecrets = true;
  ClinicReconciler reconciler;

  @BeforeEach
  void convergeAndConnectAnAgent() {
    guard.check(List.of(), id -> false, true);
    reconciler = reconciler();
    scene.ngrok.sweepInto(scene.inventory);
    pass();
    connect("ts_1");
    pass();
    scene.ngrok.log().clear();
    events.clear();
  }

  final void annotate(String key, String value) {
    ObjectMetaBuilder metadata = new ObjectMetaBuilder(clinic.getMetadata());
    clinic.setMetadata(
        (value == null
                ? metadata.removeFromAnnotations(key)
                : metadata.addToAnnotations(key, value))
            .build());
  }

  final void pass() {
    reconciler.reconcile(clinic, this);
  }

  final void sweepAndPass() {
    scene.ngrok.sweepInto(scene.inventory);
    pass();
  }

  /** An agent connects with the site kit that is published, or was. */
  final void connect(String session) {
    String credential = siteKit().getMetadata().getAnnotations().get(SiteKitSecret.CREDENTIAL);
    String hash = clinic.getStatus().siteKit().configHash();
    scene.ngrok.put(
        Resource.TUNNEL_SESSIONS,
        new TunnelSession(
            session,
            "3.39.7",
            new Ref(credential, ""),
            "198.51.100.7",
            "linux",
            "us",
            "2026-02-28T00:00:00Z",
            new AgentMetadata("clinics/clinic1", "i", hash).toJson()));
    scene.ngrok.sweepInto(scene.inventory);
  }

  final Secret siteKit() {
    return secrets.get("clinic1-site-kit");
  }

  final String token() {
    return SiteKitSecret.of(Optional.of(siteKit()), "clinics/clinic1")
        .token()
        .orElseThrow()
        .reveal();
  }

  final String reason(ConditionType type) {
    return Conditions.find(clinic.getStatus().conditions(), type).orElseThrow().reason();
  }

  private ClinicReconciler reconciler() {
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
        () -> "nonce " + trail.size(),
        AgentObserver.NONE,
        trail::add,
        clock);
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.of(clinic);
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return List.of(clinic);
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return List.of();
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return List.of();
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(name));
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
  public Secret createSecret(Secret created) {
    return updateSecret(created);
  }

  @Override
  public Secret updateSecret(Secret updated) {
    if (!takesSecrets) {
      throw new KubernetesClientException("no", 403, null);
    }
    secrets.put(updated.getMetadata().getName(), updated);
    return updated;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    clinic.setStatus(((Clinic) withStatus).getStatus());
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    events.add((warning ? "Warning " : "Normal ") + reason);
  }
}
