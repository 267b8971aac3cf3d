package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.AgentRestartStatus;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Passes over a Clinic that somebody annotates. */
class AnnotatedClinicTest extends ClinicAtWork {
  @Test
  void aQuarantineIsToldAuditedAndLiftedWithANewToken() {
    String token = token();
    annotate("clinicnet.dev/quarantine", "true");
    pass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials", "stop ts_1");
    assertThat(reason(ConditionType.Programmed)).isEqualTo("Quarantined");
    assertThat(reason(ConditionType.Stalled)).isEqualTo("Quarantined");
    assertThat(clinic.getStatus().quarantinedSince()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(cluster.events()).contains("Warning Quarantined");
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
    account
        .guard()
        .check(
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
    cluster.refuseSecrets();
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
    assertThat(cluster.events()).containsOnlyOnce("Normal AgentsRestarted");
    assertThat(trail).extracting(AuditEvent::what).containsExactly("agents-restarted");
    assertThat(reason(ConditionType.Ready)).isEqualTo("Programmed");

    annotate("clinicnet.dev/restart-agents", "tuesday");
    pass();
    assertThat(scene.ngrok.log()).containsExactly("restart ts_1", "restart ts_2");
  }

  @Test
  void afterACrashNoAgentIsRestartedAgainAndNoneIsLeftOut() {
    connect("ts_2");
    crashAfterTheFirstRestart();
    connect("ts_3");
    sweepAndPass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1", "restart ts_2");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(clinic.getStatus().agentRestart()).isNull();
  }

  @Test
  void aTextThatFollowsBeforeTheRestartHasEndedCountsForTheAgentsThatAreConnectedThen() {
    connect("ts_2");
    crashAfterTheFirstRestart();
    connect("ts_3");
    annotate("clinicnet.dev/restart-agents", "tuesday");
    sweepAndPass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1", "restart ts_2", "restart ts_3");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("tuesday");
  }

  private void crashAfterTheFirstRestart() {
    scene.ngrok.afterRestart(
        () -> {
          throw new IllegalStateException("the process ends");
        });
    annotate("clinicnet.dev/restart-agents", "monday");
    assertThatThrownBy(this::pass).hasMessage("the process ends");
    scene.ngrok.afterRestart(() -> {});
    assertThat(scene.ngrok.log()).containsExactly("restart ts_1");
    assertThat(clinic.getStatus().agentRestart())
        .isEqualTo(new AgentRestartStatus("monday", List.of("ts_1", "ts_2")));
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
    assertThat(cluster.events()).containsOnlyOnce("Normal AgentsRestarted");
  }

  @Test
  void anAgentThatCannotRestartIsToldOnceAndNotAskedAgain() {
    scene.ngrok.failing("restart ts_1", ScriptedNgrok.failure(Failure.INVALID));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();
    pass();

    assertThat(scene.ngrok.log()).containsExactly("restart ts_1");
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(cluster.events()).containsOnlyOnce("Warning AgentsNotRestarted");
    assertThat(reason(ConditionType.Ready)).isEqualTo("Programmed");
  }

  @Test
  void aRestartThatFailsForTheMomentIsTriedAgain() {
    scene.ngrok.failing("restart ts_1", ScriptedNgrok.failure(Failure.UNAVAILABLE));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(clinic.getStatus().agentsRestarted()).isNull();
    assertThat(reason(ConditionType.Programmed)).isEqualTo("PlatformUnavailable");
    assertThat(cluster.events()).doesNotContain("Warning AgentsNotRestarted");
  }

  @Test
  void whatTheAgentItselfCannotDoIsNotTriedAgain() {
    scene.ngrok.failing(
        "restart ts_1",
        new NgrokException(Failure.UNAVAILABLE, "ERR_NGROK_808", "it failed", null));
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
    assertThat(cluster.events()).contains("Warning AgentsNotRestarted");
  }

  @Test
  void withoutAnAgentThereIsNothingToRestart() {
    scene.inventory.deleted(Resource.TUNNEL_SESSIONS, "ts_1");
    annotate("clinicnet.dev/restart-agents", "monday");
    pass();

    assertThat(scene.ngrok.log()).isEmpty();
    assertThat(clinic.getStatus().agentsRestarted()).isEqualTo("monday");
  }
}
