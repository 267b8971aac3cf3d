package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClinicDeletionTest {
  private static final Mark WEB =
      Mark.of("i", new Owner("ClinicService", "clinics", "web"), "uid", "clinic1");

  @Test
  void goesInOrderRoundByRoundUntilNothingIsLeft() {
    // Given
    ClinicScene scene = whole().withoutUndoWindow().endpoint("ep_1", "cloud", WEB);
    // Then
    assertThat(round(scene)).containsExactly("delete endpoints https://ep_1.com");
    assertThat(round(scene))
        .containsExactly(
            "delete reserved_domains a.com", "delete credentials cr_1", "stop tunnel_sessions 1");
    assertThat(round(scene)).containsExactly("delete service_users " + user(scene));
    assertThat(ClinicDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void withAnUndoWindowTheDomainIsRetiredAndHoldsNothingUp() {
    // Given
    ClinicScene scene = whole();
    // Then
    assertThat(round(scene)).contains("update reserved_domains a.com");
    assertThat(round(scene)).containsExactly("delete service_users " + user(scene));
    assertThat(ClinicDeletion.decide(scene.observe()).remaining()).isEmpty();
    assertThat(scene.inventory.all(Resource.RESERVED_DOMAINS)).hasSize(1);
  }

  @Test
  void anEndpointThatAServiceStandsBehindIsLeftToItAndWaitedFor() {
    // Given
    ClinicScene scene =
        whole().endpoint("ep_1", "cloud", WEB).service(service("web").terminating().build());
    // When
    ClinicDeletion deletion = ClinicDeletion.decide(scene.observe());
    // Then
    assertThat(deletion.steps()).isEmpty();
    assertThat(deletion.remaining()).containsExactly("endpoint https://ep_1.com");
  }

  @Test
  void whatKeepsAServiceFromGoingIsToldWithTheWayOut() {
    // Given
    ClinicService web = service("web").terminating().build();
    web.setStatus(
        serviceStatus()
            .conditions(
                List.of(
                    new Condition(
                        "Programmed",
                        ConditionStatus.False,
                        1L,
                        "2026-01-01T00:00:00Z",
                        "APIKeyRejected",
                        "Set another key. " + FailureVerdict.ABANDONING)))
            .build());
    // When
    ClinicDeletion deletion =
        ClinicDeletion.decide(whole().endpoint("ep_1", "cloud", WEB).service(web).observe());
    // Then
    assertThat(deletion.waitsForEndpoints()).isTrue();
    assertThat(deletion.stuck())
        .isEqualTo(
            " ClinicService web says APIKeyRejected: Set another key. "
                + FailureVerdict.ABANDONING);
  }

  @Test
  void agentEndpointsAndRetainedOnesAreNotWaitedFor() {
    // Given
    ClinicScene scene =
        whole().endpoint("ep_1", "ephemeral", WEB).endpoint("ep_2", "cloud", WEB.retained());
    // Then
    assertThat(round(scene)).contains("delete credentials cr_1");
  }

  @Test
  void sessionsOfACredentialThatOnlyTheStatusNamesAreEnded() {
    // Given
    ClinicStatus last =
        clinicStatus()
            .authtoken(new AuthtokenStatus("cr_7", null, null, null, null, null, null))
            .build();
    ClinicScene scene =
        ClinicScene.of(clinic("clinic1").status(last).terminating().build())
            .user()
            .session("1", "cr_7", null);
    // Then
    assertThat(round(scene)).containsExactly("stop tunnel_sessions 1");
    assertThat(round(scene)).containsExactly("delete service_users " + user(scene));
  }

  @Test
  void theUserStaysWhileSessionsMayHaveBegunUnseen() {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").terminating().build()).user();
    scene.observe();
    scene.inventory.doubt(Resource.TUNNEL_SESSIONS, "Clinic clinics/clinic1");
    // When
    ClinicDeletion deletion = ClinicDeletion.decide(scene.observeUnswept());
    // Then
    assertThat(deletion.steps()).isEmpty();
    assertThat(deletion.remaining())
        .contains("agent sessions that may have begun since the last look");
  }

  @Test
  void retainMarksWhatIsLeftAndDeletesNothing() {
    // Given
    ClinicScene scene = whole(DeletionPolicy.Retain).endpoint("ep_1", "cloud", WEB);
    // Then
    assertThat(round(scene))
        .containsExactly("update reserved_domains a.com", "update credentials cr_1");
    ClinicDeletion after = ClinicDeletion.decide(scene.observe());
    assertThat(after.steps()).isEmpty();
    assertThat(after.remaining()).isEmpty();
    assertThat(scene.inventory.all(Resource.CREDENTIALS))
        .allMatch(c -> Mark.parse(c.metadata()).orElseThrow().isRetained());
  }

  @Test
  void writesInKubernetesFollowWhenNothingElseIsLeft() {
    // Given
    ClinicScene scene = whole(DeletionPolicy.Retain);
    List<Step> writes = List.of(new Step.Write("Secret", "clinic1-site-kit"));
    // Then
    ClinicDeletion first = ClinicDeletion.decide(scene.observe());
    assertThat(first.before(writes)).isSameAs(first);
    round(scene);
    ClinicDeletion last = ClinicDeletion.decide(scene.observe()).before(writes);
    assertThat(last.steps()).isEqualTo(writes);
    assertThat(last.remaining()).containsExactly("write Secret clinic1-site-kit");
  }

  @Test
  void whatIsNotOfThisClinicOrInstanceIsLeft() {
    // Given
    Mark other = ClinicScene.mark(clinic("clinic2").build());
    Mark elsewhere = Mark.of("j", new Owner("Clinic", "clinics", "clinic1"), "uid", "clinic1");
    ClinicScene scene =
        ClinicScene.of(clinic("clinic1").terminating().build())
            .withoutUndoWindow()
            .domain("rd_2", "b.com", other)
            .domain("rd_3", "c.com", elsewhere)
            .domain("rd_4", "*.api.com", Mark.shared("i"))
            .credential("cr_2", other)
            .credential("cr_3", elsewhere)
            .credential("cr_4", "ops")
            .endpoint("ep_1", "cloud", elsewhere);
    // Then
    ClinicDeletion deletion = ClinicDeletion.decide(scene.observe());
    assertThat(deletion.steps()).isEmpty();
    assertThat(deletion.remaining()).isEmpty();
  }

  private static ClinicScene whole() {
    return whole(DeletionPolicy.Delete);
  }

  private static ClinicScene whole(DeletionPolicy policy) {
    ClinicScene scene =
        ClinicScene.of(
                clinic("clinic1").exclusive("a.com").deletionPolicy(policy).terminating().build())
            .user()
            .secret("cr_1", null)
            .session("1", "cr_1", null);
    return scene.domain("rd_1", "a.com", scene.mark()).credential("cr_1", scene.mark());
  }

  private static List<String> round(ClinicScene scene) {
    List<Step> steps = ClinicDeletion.decide(scene.observe()).steps();
    Journal none =
        new Journal() {
          @Override
          public void intend(Step.Create<?, ?> step) {}

          @Override
          public void done(Step step, dev.clinicnet.operator.ngrok.RemoteObject answer) {}
        };
    new PlanRunner(
            scene.ngrok,
            scene.inventory,
            new Attempts(),
            Clock.fixed(ClinicScene.NOW, ZoneOffset.UTC))
        .run("Clinic clinics/clinic1", steps, none);
    return ClinicScene.text(steps);
  }

  private static String user(ClinicScene scene) {
    return dev.clinicnet.operator.claim.ClinicNames.serviceUser(
        "i", scene.observeUnswept().clinic());
  }
}
