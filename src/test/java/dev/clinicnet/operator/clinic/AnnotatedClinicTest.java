package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
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
import org.junit.jupiter.api.Test;

/** Passes over a Clinic that somebody annotates, with the account and Kubernetes in memory. */
class AnnotatedClinicTest implements Cluster {
  private final List<String> events = new ArrayList<>();
  private final List<AuditEvent> trail = new ArrayList<>();
  private final AccountGuard guard = new AccountGuard();
  private Clinic clinic = ClinicBuilder.clinic("clinic1").build();
  private final ClinicScene scene = ClinicScene.of(clinic);
  private final Map<String, Secret> secrets = new HashMap<>();
  private boolean takesSecrets = true;
  private ClinicReconciler reconciler;

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

  @Test
  void aQuarantineIsToldAuditedAndLiftedWithANewToken() {
    String token = token();
    annotate("clinicnet.dev/quarantine", "true");
    pass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials", "stop ts_1");
    assertThat(reason(ConditionType.Programmed)).isEqualTo("Quarantined");
    assertThat(reason(ConditionType.Stalled)).isEqualTo("Quarantined");
    assertThat(clinic.getStatus().quarantinedSince()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(events).contains("Warning Quarantined");
    assertThat(trail)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("clinic-quarantined");
              assertThat(event.object()).isEqualTo("Clinic clinics/clinic1");
              assertThat(event.who()).isEqualTo(AuditEvent.UNKNOWN);
              assertThat(event.details().get("note")).contains("audit log of the API server");
            });

    sweepAndPass();
    connect("ts_2");
    pass();
    assertThat(scene.ngrok.log()).endsWith("stop ts_2");

    annotate("clinicnet.dev/quarantine", null);
    sweepAndPass();

    assertThat(scene.ngrok.log()).endsWith("create credentials");
    assertThat(token()).isNotEqualTo(token);
    assertThat(reason(ConditionType.Programmed)).isEqualTo("Programmed");
    assertThat(reason(ConditionType.SiteKitCurrent)).isEqualTo("SiteKitNotInstalled");
    assertThat(clinic.getStatus().quarantinedSince()).isNull();
    assertThat(trail).extracting(AuditEvent::what).endsWith("clinic-released");

    connect("ts_3");
    pass();
    assertThat(reason(ConditionType.SiteKitCurrent)).isEqualTo("SiteKitInstalled");
    assertThat(trail).hasSize(2);
  }

  @Test
  void aQuarantineWaitsForNoListAndNoConfirmation() {
    scene.inventory.doubt(Resource.RESERVED_DOMAINS);
    guard.check(
        List.of("1", "2", "3", "4", "5").stream()
            .map(id -> new KnownID(Resource.RESERVED_DOMAINS, id))
            .toList(),
        id -> true,
        true);
    annotate("clinicnet.dev/quarantine", "true");
    pass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials", "stop ts_1");
    assertThat(reason(ConditionType.Programmed)).isEqualTo("Quarantined");
    assertThat(trail).extracting(AuditEvent::what).containsExactly("clinic-quarantined");

    sweepAndPass();
    assertThat(reason(ConditionType.Programmed)).isEqualTo("AccountMismatch");
    assertThat(scene.ngrok.log()).hasSize(2);
  }

  @Test
  void neitherSuspensionNorADriftPolicyHoldsAQuarantineBack() {
    clinic.setSpec(
        ClinicBuilder.clinic("clinic1")
            .suspended()
            .driftPolicy(DriftPolicy.Report)
            .build()
            .getSpec());
    annotate("clinicnet.dev/quarantine", "true");
    pass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials", "stop ts_1");
    assertThat(reason(ConditionType.Programmed)).isEqualTo("Quarantined");
  }

  @Test
  void noSecretThatCannotBeWrittenHoldsAQuarantineBack() {
    clinic.setSpec(
        ClinicBuilder.clinic("clinic1")
            .shared("*.api.com")
            .agentAPI("a.api.com")
            .build()
            .getSpec());
    pass();
    scene.ngrok.log().clear();
    takesSecrets = false;
    annotate("clinicnet.dev/quarantine", "true");

    assertThatThrownBy(this::pass).isInstanceOf(SiteKitNotWritten.class);

    assertThat(scene.ngrok.log())
        .containsExactly("delete endpoints", "delete credentials", "stop ts_1");
    assertThat(clinic.getStatus().quarantinedSince()).isNotNull();
  }

  @Test
  void whatCouldNotBeCutOffIsToldInsteadOfSuccess() {
    scene.ngrok.failing("delete credentials", ScriptedNgrok.failure(Failure.UNAVAILABLE));
    annotate("clinicnet.dev/quarantine", "true");
    pass();

    assertThat(reason(ConditionType.Programmed)).isEqualTo("PlatformUnavailable");
    assertThat(clinic.getStatus().quarantinedSince()).isNotNull();
  }

  @Test
  void everyNewValueRestartsTheAgentsOnce() {
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();
    connect("ts_2");
    pass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(events).containsOnlyOnce("Normal AgentsRestarted");
    assertThat(trail).extracting(AuditEvent::what).containsExactly("agents-restarted");
    assertThat(reason(ConditionType.Ready)).isEqualTo("Programmed");

    annotate("clinicnet.dev/restart-agents", "tuesday");
    pass();
    assertThat(scene.ngrok.log()).containsExactly("restart ts_1", "restart ts_2");
  }

  @Test
  void anAgentThatIsBackBeforeThePassHasEndedIsNotRestartedAgain() {
    scene.ngrok.afterRestart(() -> connect("ts_" + scene.ngrok.log().size() + "_new"));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();
    pass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(reason(ConditionType.Ready)).isEqualTo("Programmed");
    assertThat(events).containsOnlyOnce("Normal AgentsRestarted");
  }

  @Test
  void anAgentThatCannotRestartIsToldOnceAndNotAskedAgain() {
    scene.ngrok.failing("restart ts_1", ScriptedNgrok.failure(Failure.INVALID));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();
    pass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(events).containsOnlyOnce("Warning AgentsNotRestarted");
    assertThat(reason(ConditionType.Ready)).isEqualTo("Programmed");
  }

  @Test
  void aRestartThatFailsForTheMomentIsTriedAgain() {
    scene.ngrok.failing("restart ts_1", ScriptedNgrok.failure(Failure.UNAVAILABLE));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(clinic.getStatus().agentsRestarted()).isNull();
    assertThat(reason(ConditionType.Programmed)).isEqualTo("PlatformUnavailable");
    assertThat(events).doesNotContain("Warning AgentsNotRestarted");
  }

  @Test
  void whatTheAgentItselfCannotDoIsNotTriedAgain() {
    scene.ngrok.failing(
        "restart ts_1",
        new NgrokException(Failure.UNAVAILABLE, "ERR_NGROK_808", "it failed", null));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(events).contains("Warning AgentsNotRestarted");
  }

  @Test
  void withoutAnAgentThereIsNothingToRestart() {
    scene.inventory.deleted(Resource.TUNNEL_SESSIONS, "ts_1");
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(scene.ngrok.log()).isEmpty();
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
  }

  private void annotate(String key, String value) {
    ObjectMetaBuilder metadata = new ObjectMetaBuilder(clinic.getMetadata());
    clinic.setMetadata(
        (value == null
                ? metadata.removeFromAnnotations(key)
                : metadata.addToAnnotations(key, value))
            .build());
  }

  private void pass() {
    reconciler.reconcile(clinic, this);
  }

  private void sweepAndPass() {
    scene.ngrok.sweepInto(scene.inventory);
    pass();
  }

  /** An agent connects with the site kit that is published, or was. */
  private void connect(String session) {
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

  private Secret siteKit() {
    return secrets.get("clinic1-site-kit");
  }

  private String token() {
    return SiteKitSecret.of(Optional.of(siteKit()), "clinics/clinic1")
        .token()
        .orElseThrow()
        .reveal();
  }

  private String reason(ConditionType type) {
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
