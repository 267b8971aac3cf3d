package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An old Clinic that begins to ask for a name takes nothing that a younger one has. */
class HeldNamesTest {
  private static final String EARLIER = "2020-01-01T00:00:00Z";
  private static final String HOST = "a.shared.com";

  @Test
  void anExclusiveWildcardIsRefusedAboveANameThatAYoungerClinicHas() {
    Clinic younger = clinic("younger").namespace("elsewhere").exclusive("a.x.com").build();
    ClinicScene scene = old("*.com").rival(younger);
    scene.domain("rd_1", "a.x.com", ClinicScene.mark(younger));

    assertRefused(scene);
    assertThat(accepted(scene).message()).contains("an object of another namespace");
  }

  @Test
  void orASharedOne() {
    Clinic younger =
        clinic("younger").shared("*.shared.com").status(holding("*.shared.com")).build();
    ClinicScene scene = old("*.com").rival(younger);
    scene.domain("rd_1", "*.shared.com", Mark.shared("i"));

    assertRefused(scene);
  }

  @Test
  void soItIsAlsoWhereItHasTheWildcardAlready() {
    Clinic younger = clinic("younger").exclusive("a.x.com").build();
    Clinic old = clinic("old").created(EARLIER).exclusive("*.x.com").build();
    ClinicScene above = ClinicScene.of(old).rival(younger);
    above.domain("rd_1", "a.x.com", ClinicScene.mark(younger));
    above.domain("rd_2", "*.x.com", above.mark());
    ClinicScene below = ClinicScene.of(younger).rival(old);
    below.domain("rd_1", "a.x.com", below.mark());
    below.domain("rd_2", "*.x.com", ClinicScene.mark(old));

    assertThat(accepted(above).reason()).isEqualTo(Reason.DomainConflict);
    assertThat(accepted(below).reason()).isEqualTo(Reason.Accepted);
  }

  @Test
  void aNameThatNobodyHasYetGoesToTheOlderOne() {
    Clinic younger = clinic("younger").exclusive("a.x.com").build();

    assertThat(accepted(old("*.x.com").rival(younger)).reason()).isEqualTo(Reason.Accepted);
  }

  @Test
  void aDomainIsRefusedWhereAServiceOfAnotherClinicWasGivenTheHost() {
    assertRefused(old(HOST).hostRival(onDemand().status(judged(ConditionStatus.True)).build()));
    assertRefused(young(HOST).hostRival(onDemand().created(EARLIER).build()));
  }

  @Test
  void aServiceThatWasRefusedKeepsNoDomain() {
    ClinicScene scene =
        young(HOST)
            .hostRival(onDemand().created(EARLIER).status(judged(ConditionStatus.False)).build());

    assertThat(accepted(scene).reason()).isEqualTo(Reason.Accepted);
  }

  @Test
  void aDomainIsRefusedWhereAnAgentAPIWasGivenTheHost() {
    Clinic younger =
        clinic("younger")
            .shared("*.shared.com")
            .agentAPI(HOST)
            .status(ClinicStatus.EMPTY.judged(1, accepted(ConditionStatus.True), null))
            .build();

    assertRefused(old(HOST).rival(younger));
  }

  private static ClinicScene old(String domain) {
    return ClinicScene.of(clinic("old").created(EARLIER).exclusive(domain).build());
  }

  private static ClinicScene young(String domain) {
    return ClinicScene.of(clinic("young").exclusive(domain).build());
  }

  private static ServiceBuilder onDemand() {
    return service("dashboard").clinic("other").https(HOST).onDemand();
  }

  private static ClinicStatus holding(String domain) {
    return clinicStatus()
        .domains(List.of(new DomainStatus(domain, "rd_1", "cname", null, null)))
        .build();
  }

  private static ClinicServiceStatus judged(ConditionStatus status) {
    return new ClinicServiceStatus(
        1L, accepted(status), null, null, null, null, null, null, null, null);
  }

  private static List<Condition> accepted(ConditionStatus status) {
    return List.of(
        new Condition(ConditionType.Accepted.name(), status, 1L, EARLIER, "Any", "Any."));
  }

  private static void assertRefused(ClinicScene scene) {
    assertThat(accepted(scene).reason()).isEqualTo(Reason.DomainConflict);
    assertThat(scene.decide().remote()).isEmpty();
  }

  private static Verdict accepted(ClinicScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }
}
