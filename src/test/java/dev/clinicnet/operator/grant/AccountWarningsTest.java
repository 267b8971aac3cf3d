package dev.clinicnet.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with an account at ngrok is added to a condition of its NgrokAccount. */
class AccountWarningsTest {
  private static final String WARNING = "ngrok says that the account is suspended";

  @Test
  void theyAreAddedToAcceptedAndToNothingElse() {
    NgrokAccountStatus before =
        status(
            condition("Accepted", ConditionStatus.True), condition("Ready", ConditionStatus.True));

    NgrokAccountStatus after = AccountWarnings.on(before, List.of(WARNING));

    assertThat(after.conditions().get(0).message())
        .startsWith(before.conditions().get(0).message())
        .contains(WARNING);
    assertThat(after.conditions().get(0).lastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(after.conditions().get(1)).isEqualTo(before.conditions().get(1));
    assertThat(after.observedGeneration()).isEqualTo(3);
  }

  @Test
  void anAccountThatIsNotAcceptedSaysOnlyWhy() {
    NgrokAccountStatus refused = status(condition("Accepted", ConditionStatus.False));

    assertThat(AccountWarnings.on(refused, List.of(WARNING))).isEqualTo(refused);
  }

  @Test
  void withoutWarningsNothingChanges() {
    NgrokAccountStatus status = status(condition("Accepted", ConditionStatus.True));

    assertThat(AccountWarnings.on(status, List.of())).isEqualTo(status);
  }

  private static NgrokAccountStatus status(Condition... conditions) {
    return new NgrokAccountStatus(3L, List.of(conditions), null, List.of(), null);
  }

  private static Condition condition(String type, ConditionStatus status) {
    return new Condition(type, status, 3L, "2026-01-01T00:00:00Z", "Reason", "It is so.");
  }
}
