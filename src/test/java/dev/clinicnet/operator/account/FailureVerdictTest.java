package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureVerdictTest {
  private static final Map<Failure, Reason> REASONS =
      Map.of(
          Failure.NOT_FOUND, Reason.Pending,
          Failure.ALREADY_EXISTS, Reason.Pending,
          Failure.CONFLICT, Reason.Pending,
          Failure.INVALID, Reason.RejectedByPlatform,
          Failure.ACCOUNT_LIMIT, Reason.AccountLimitReached,
          Failure.UNAUTHORIZED, Reason.APIKeyRejected,
          Failure.THROTTLED, Reason.WaitingForBudget,
          Failure.UNAVAILABLE, Reason.PlatformUnavailable,
          Failure.OUTCOME_UNKNOWN, Reason.Pending,
          Failure.NOT_LEADING, Reason.Pending);

  @Test
  void everyFailureHasItsReason() {
    for (Failure failure : Failure.values()) {
      assertThat(FailureVerdict.of(new NgrokException(failure, null, "what to do", null)))
          .isEqualTo(Verdict.no(REASONS.get(failure), "what to do"));
    }
  }

  @Test
  void aDomainThatIsNotUsableYetIsWaitedFor() {
    NgrokException failure =
        new NgrokException(Failure.CONFLICT, "ERR_NGROK_18006", "not yet", null);

    assertThat(FailureVerdict.of(failure).reason()).isEqualTo(Reason.WaitingForDomain);
  }
}
