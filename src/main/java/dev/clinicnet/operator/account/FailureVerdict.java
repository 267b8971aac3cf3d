package dev.clinicnet.operator.account;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;

/** What a failed request means for Programmed. */
public final class FailureVerdict {
  private static final String NO_DOMAIN_YET = "ERR_NGROK_18006";

  private FailureVerdict() {}

  /** The verdict; its message is the failure's, which is redacted and tells what to do. */
  public static Verdict of(NgrokException failure) {
    return Verdict.no(reason(failure), failure.getMessage());
  }

  /** The verdict on a step that failed, which names it. */
  public static Verdict of(Run.StepFailure failure) {
    Verdict verdict = why(failure);
    return Verdict.no(
        verdict.reason(), verdict.message() + " Still to do: " + failure.step() + ".");
  }

  /** The verdict on a step that failed, without a word of what is still to do. */
  public static Verdict why(Run.StepFailure failure) {
    return failure.step() instanceof Step.AgentStep
        ? Verdict.no(agentReason(failure.failure()), failure.attempt().failure().getMessage() + ".")
        : of(failure.attempt().failure());
  }

  private static Reason agentReason(Failure failure) {
    return switch (failure) {
      case UNAUTHORIZED -> Reason.AgentAPIRefused;
      case INVALID, ACCOUNT_LIMIT -> Reason.RejectedByAgent;
      case UNAVAILABLE, THROTTLED -> Reason.AgentUnreachable;
      case CONFLICT, NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING -> Reason.Pending;
    };
  }

  private static Reason reason(NgrokException failure) {
    return switch (failure.failure()) {
      case CONFLICT ->
          NO_DOMAIN_YET.equals(failure.code()) ? Reason.WaitingForDomain : Reason.Pending;
      case INVALID -> Reason.RejectedByPlatform;
      case ACCOUNT_LIMIT -> Reason.AccountLimitReached;
      case UNAUTHORIZED -> Reason.APIKeyRejected;
      case THROTTLED -> Reason.WaitingForBudget;
      case UNAVAILABLE -> Reason.PlatformUnavailable;
      case NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING -> Reason.Pending;
    };
  }
}
