package dev.clinicnet.operator.account;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.time.temporal.ChronoUnit;

/** What a failed request means for Programmed. */
public final class FailureVerdict {
  private static final String NO_DOMAIN_YET = "ERR_NGROK_18006";

  /** How a deletion that cannot go on is ended. */
  public static final String ABANDONING =
      "To let go of it and leave what is still there at ngrok, annotate it with "
          + Annotations.ABANDON
          + "=true.";

  private FailureVerdict() {}

  /** The verdict; its message is the failure's, which is redacted and tells what to do. */
  public static Verdict of(NgrokException failure) {
    return Verdict.no(reason(failure), failure.getMessage());
  }

  /** The verdict on a step that failed, which names it. */
  public static Verdict of(Run.StepFailure failure) {
    Verdict verdict = why(failure);
    return Verdict.no(
        verdict.reason(),
        verdict.message() + " Still to do: " + failure.step() + "." + nextTry(verdict, failure));
  }

  /**
   * The verdict on a deletion whose step failed. It names what is left, and where somebody must act
   * also the way to leave it.
   *
   * @param left what is still there, as a sentence
   */
  public static Verdict whileDeleting(Run.StepFailure failure, String left) {
    Verdict verdict = why(failure);
    String message = verdict.message() + " " + left + nextTry(verdict, failure);
    return Verdict.no(
        verdict.reason(),
        verdict.reason().waits() == Reason.Waits.SOMEBODY ? message + " " + ABANDONING : message);
  }

  /** A refusal is not tried again soon. A person who has removed its cause need not wait. */
  private static String nextTry(Verdict verdict, Run.StepFailure failure) {
    return verdict.reason() == Reason.AccountLimitReached
            || verdict.reason() == Reason.RejectedByPlatform
        ? " Next try at "
            + failure.attempt().notBefore().truncatedTo(ChronoUnit.SECONDS)
            + "; to try now, annotate with "
            + Annotations.RETRY
            + "=<any new text>."
        : "";
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
