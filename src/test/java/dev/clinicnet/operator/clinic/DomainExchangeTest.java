package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two Clinics ask for each other's domains, so one must release its domain first. */
class DomainExchangeTest {
  private static final Instant EARLIER = Instant.parse("2026-02-27T00:00:00Z");

  @Test
  void whoWaitsForADomainThatItsHolderListsNoLongerLetsGoOfItsOwn() {
    Clinic holder = clinic("clinic2").exclusive("a.com").build();
    ClinicScene scene = asking(holder, ClinicScene.mark(holder));

    assertThat(steps(scene)).containsExactly("update reserved_domains a.com");
    assertThat(accepted(scene).reason()).isEqualTo(Reason.DomainNotOwned);
    assertThat(accepted(scene).message())
        .isEqualTo(
            "spec.domains b.com is still held by Clinic clinics/clinic2, which lists it no longer:"
                + " this Clinic gets it as soon as that one has let go of it.");
  }

  @Test
  void nothingIsToldOfAnotherNamespace() {
    Clinic holder = clinic("clinic2").namespace("elsewhere").exclusive("a.com").build();
    ClinicScene scene = asking(holder, ClinicScene.mark(holder));

    assertThat(steps(scene)).containsExactly("update reserved_domains a.com");
    assertThat(accepted(scene).message())
        .contains("an object of another namespace")
        .doesNotContain("elsewhere", "clinic2");
  }

  /** Otherwise the second of two undo windows would begin when the first has ended. */
  @Test
  void soDoesWhoWaitsForOneThatIsKeptForAWhile() {
    Clinic holder = clinic("clinic2").namespace("elsewhere").exclusive("a.com").build();
    ClinicScene scene = asking(holder, ClinicScene.mark(holder).retired(EARLIER));

    assertThat(steps(scene)).containsExactly("update reserved_domains a.com");
    assertThat(accepted(scene).message()).contains("is kept for", "2026-03-06T00:00:00Z");
  }

  @Test
  void ofOneThatDoesNotLetGoNothingIsExpected() {
    Clinic suspended = clinic("clinic2").exclusive("a.com").suspended().build();
    ClinicScene waiting = asking(suspended, ClinicScene.mark(suspended));
    Clinic gone = clinic("clinic3").exclusive("a.com").build();
    ClinicScene alone =
        ClinicScene.of(asker().build()).domain("rd_2", "b.com", ClinicScene.mark(gone));
    alone.domain("rd_1", "a.com", alone.mark());

    for (ClinicScene scene : List.of(waiting, alone)) {
      assertThat(steps(scene)).isEmpty();
      assertThat(accepted(scene).message()).contains("It cannot be adopted. Choose another");
    }
  }

  @Test
  void whoIsRefusedForSomethingElseChangesNothing() {
    Clinic holder = clinic("clinic2").exclusive("a.com").build();
    ClinicScene scene = asking(holder, ClinicScene.mark(holder));
    scene.rival(
        clinic("older").created("2020-01-01T00:00:00Z").internalDomain("clinic1.internal").build());

    assertThat(accepted(scene).reason()).isEqualTo(Reason.InternalDomainConflict);
    assertThat(steps(scene)).isEmpty();
  }

  /** A Clinic that has a.com, lists b.com instead, and finds that with a mark. */
  private static ClinicScene asking(Clinic holder, Mark mark) {
    ClinicScene scene = ClinicScene.of(asker().build()).rival(holder);
    return scene.domain("rd_1", "a.com", scene.mark()).domain("rd_2", "b.com", mark);
  }

  private static ClinicBuilder asker() {
    return clinic("clinic1").exclusive("b.com");
  }

  private static List<String> steps(ClinicScene scene) {
    return scene.decide().remote().stream().map(Object::toString).toList();
  }

  private static Verdict accepted(ClinicScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }
}
