package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** One Clinic, with an agent, under a reconciler; the account and Kubernetes are in memory. */
abstract class ClinicAtWork {
  final List<AuditEvent> trail = new ArrayList<>();
  Clinic clinic = ClinicBuilder.clinic("clinic1").build();
  final ClinicScene scene = ClinicScene.of(clinic);
  final MemoryCluster cluster = new MemoryCluster().add(clinic);
  private final Clock clock = Clock.fixed(ClinicScene.NOW, ZoneOffset.UTC);
  private final Attempts attempts = new Attempts();
  final Account account =
      Account.unswept(
          "default",
          scene.ngrok,
          scene.inventory,
          new PlanRunner(scene.ngrok, scene.inventory, attempts, clock),
          attempts,
          clock);
  private final ReconcileLoop<Clinic> reconciler = reconciler();

  @BeforeEach
  void convergeAndConnectAnAgent() {
    scene.ngrok.sweepInto(scene.inventory);
    pass();
    connect("ts_1");
    pass();
    scene.ngrok.log().clear();
    cluster.events().clear();
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
    reconciler.reconcile(clinic, cluster);
  }

  final Outcome cleanUp() {
    return reconciler.cleanUp(clinic, cluster);
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
    return cluster.secret("clinics", "clinic1-site-kit").orElseThrow();
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

  private ReconcileLoop<Clinic> reconciler() {
    return new ReconcileLoop<>(
        new ClinicKind(
            account,
            new Settings("i", Duration.ofDays(7)),
            new AgentAPIKeeper(new SecureRandom()),
            () -> "nonce " + trail.size(),
            AgentObserver.NONE,
            trail::add,
            clock),
        new Locks(),
        new DriftReport(trail::add, DriftObserver.NONE, clock));
  }
}
