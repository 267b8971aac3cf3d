package dev.clinicnet.operator.account;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** The verdict on Programmed after a failed request. */
public final class FailureVerdict {
  private static final String NO_DOMAIN_YET = "ERR_NGROK_18006";

  /** The codes 2200 to 2299 are about traffic policies, and so are three others. */
  private static final Pattern POLICY_CODES = Pattern.compile("ERR_NGROK_(22..|9026|18002|18011)");

  /** Says how to end a deletion that cannot go on. */
  public static final String ABANDONING =
      "To let go of it and leave what is still there at ngrok, annotate it with "
          + Annotations.ABANDON
          + "=true.";

  private FailureVerdict() {}

  /**
   * The verdict. Its message is the message of the failure, which is redacted and says what to do.
   */
  public static Verdict of(NgrokException failure) {
    return Verdict.no(reason(failure), failure.getMessage());
  }

  /**
   * The verdict on a failed step. Its message names the step, unless the step only waits for its
   * turn: then the message stays the same until everything is done.
   */
  public static Verdict of(Run.StepFailure failure) {
    Verdict verdict = why(failure);
    if (failure.waits()) {
      return verdict;
    }
    return Verdict.no(
        verdict.reason(),
        verdict.message() + " Still to do: " + failure.step() + "." + nextTry(verdict, failure));
  }

  /**
   * The verdict on a deletion whose step failed. Its message names what is left. If somebody must
   * act, it also says how to end the deletion and leave everything.
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

  /**
   * A refused request is not repeated soon. A person who has removed the cause can ask for a new
   * attempt.
   */
  private static String nextTry(Verdict verdict, Run.StepFailure failure) {
    return verdict.reason() == Reason.AccountLimitReached
            || verdict.reason() == Reason.RejectedByPlatform
            || verdict.reason() == Reason.PolicyRejected
        ? " Next try at "
            + failure.attempt().notBefore().truncatedTo(ChronoUnit.SECONDS)
            + "; to try now, annotate with "
            + Annotations.RETRY
            + "=<any new text>."
        : "";
  }

  /** The verdict on a failed step, without what is still to do. */
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
      case CONFLICT, NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING, WAITING ->
          Reason.Pending;
    };
  }

  private static boolean isOfPolicy(NgrokException failure) {
    return failure.code() != null && POLICY_CODES.matcher(failure.code()).matches();
  }

  private static Reason reason(NgrokException failure) {
    return switch (failure.failure()) {
      case CONFLICT ->
          NO_DOMAIN_YET.equals(failure.code()) ? Reason.WaitingForDomain : Reason.Pending;
      case INVALID -> isOfPolicy(failure) ? Reason.PolicyRejected : Reason.RejectedByPlatform;
      case ACCOUNT_LIMIT -> Reason.AccountLimitReached;
      case UNAUTHORIZED -> Reason.APIKeyRejected;
      case WAITING, THROTTLED -> Reason.WaitingForBudget;
      case UNAVAILABLE -> Reason.PlatformUnavailable;
      case NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING -> Reason.Pending;
    };
  }
}
