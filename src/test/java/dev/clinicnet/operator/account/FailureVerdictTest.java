package dev.clinicnet.operator.account;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureVerdictTest {
  private static final Map<Failure, Reason> REASONS =
      Map.ofEntries(
          entry(Failure.NOT_FOUND, Reason.Pending),
          entry(Failure.ALREADY_EXISTS, Reason.Pending),
          entry(Failure.CONFLICT, Reason.Pending),
          entry(Failure.INVALID, Reason.RejectedByPlatform),
          entry(Failure.ACCOUNT_LIMIT, Reason.AccountLimitReached),
          entry(Failure.UNAUTHORIZED, Reason.APIKeyRejected),
          entry(Failure.WAITING, Reason.WaitingForBudget),
          entry(Failure.THROTTLED, Reason.WaitingForBudget),
          entry(Failure.UNAVAILABLE, Reason.PlatformUnavailable),
          entry(Failure.OUTCOME_UNKNOWN, Reason.Pending),
          entry(Failure.NOT_LEADING, Reason.Pending));

  @Test
  void everyFailureHasItsReason() {
    for (Failure failure : Failure.values()) {
      assertThat(FailureVerdict.of(new NgrokException(failure, null, "what to do", null)))
          .isEqualTo(Verdict.no(REASONS.get(failure), "what to do"));
    }
  }

  @Test
  void aFailureOfAnAgentIsNotOneOfThePlatform() {
    Map<Failure, Reason> reasons =
        Map.of(
            Failure.UNAVAILABLE, Reason.AgentUnreachable,
            Failure.UNAUTHORIZED, Reason.AgentAPIRefused,
            Failure.INVALID, Reason.RejectedByAgent,
            Failure.CONFLICT, Reason.Pending,
            Failure.NOT_LEADING, Reason.Pending);
    AgentTarget agent = new AgentTarget("clinics", "clinic1", "agent.example.com");
    Step stop = new Step.StopAgentEndpoint(agent, "web", "https://web.internal", Cause.CLOSING);

    reasons.forEach(
        (failure, reason) -> {
          Attempts.Failed failed =
              new Attempts.Failed(
                  new NgrokException(failure, null, "what to do", null),
                  Lane.CLOSING,
                  1,
                  Instant.EPOCH);
          Verdict verdict = FailureVerdict.of(new Run.StepFailure(stop, failed));
          assertThat(verdict.reason()).isEqualTo(reason);
          assertThat(verdict.message())
              .isEqualTo("what to do. Still to do: stop https://web.internal at the agent.");
        });
  }

  @Test
  void aRefusalSaysWhenItIsTriedAgainAndHowToHaveThatNow() {
    Verdict verdict = FailureVerdict.of(failed(Failure.ACCOUNT_LIMIT));

    assertThat(verdict.message())
        .isEqualTo(
            "what to do Still to do: delete endpoints https://a.com. Next try at"
                + " 2026-01-01T00:10:00Z; to try now, annotate with clinicnet.dev/retry=<any new"
                + " text>.");
  }

  @Test
  void aDeletionThatNeedsSomebodyNamesTheWayOut() {
    assertThat(
            FailureVerdict.whileDeleting(failed(Failure.UNAUTHORIZED), "Still there: a.").message())
        .isEqualTo("what to do Still there: a. " + FailureVerdict.ABANDONING);
    assertThat(
            FailureVerdict.whileDeleting(failed(Failure.UNAVAILABLE), "Still there: a.").message())
        .isEqualTo("what to do Still there: a.");
  }

  private static Run.StepFailure failed(Failure failure) {
    return new Run.StepFailure(
        new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://a.com"),
        new Attempts.Failed(
            new NgrokException(failure, null, "what to do", null),
            Lane.BULK,
            1,
            Instant.parse("2026-01-01T00:10:00.123Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2201", "2258", "9026", "18002", "18011"})
  void aPolicyThatThePlatformRefusesHasAReasonOfItsOwn(String code) {
    NgrokException failure =
        new NgrokException(Failure.INVALID, "ERR_NGROK_" + code, "no such action", null);

    assertThat(FailureVerdict.of(failure))
        .isEqualTo(Verdict.no(Reason.PolicyRejected, "no such action"));
  }

  @Test
  void otherRefusalsAreNotOfThePolicy() {
    NgrokException failure =
        new NgrokException(Failure.INVALID, "ERR_NGROK_18014", "a bad value", null);

    assertThat(FailureVerdict.of(failure).reason()).isEqualTo(Reason.RejectedByPlatform);
  }

  @Test
  void aDomainThatIsNotUsableYetIsWaitedFor() {
    NgrokException failure =
        new NgrokException(Failure.CONFLICT, "ERR_NGROK_18006", "not yet", null);

    assertThat(FailureVerdict.of(failure).reason()).isEqualTo(Reason.WaitingForDomain);
  }
}
