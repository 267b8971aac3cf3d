package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.util.Objects;

/**
 * A failed request. Its message is fit for a user: redacted, and without the id of the request,
 * which would make every message a new one. Only the log has the id.
 */
public final class NgrokException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final String code;
  private final transient Duration retryAfter;
  private final String operation;
  private final boolean brief;

  /**
   * A failure of a request that has no id at ngrok.
   *
   * @param code the platform's error code such as {@code ERR_NGROK_446}; null when it gave none
   * @param retryAfter how long to wait; null when the caller decides
   */
  public NgrokException(Failure failure, String code, String message, Duration retryAfter) {
    this(failure, code, message, retryAfter, null);
  }

  /**
   * A failure of a request.
   *
   * @param code the platform's error code such as {@code ERR_NGROK_446}; null when it gave none
   * @param retryAfter how long to wait; null when the caller decides
   * @param operation ngrok's id of the request, such as {@code op_2x…}; null when there is none
   */
  public NgrokException(
      Failure failure, String code, String message, Duration retryAfter, String operation) {
    this(failure, code, message, retryAfter, operation, false);
  }

  /**
   * A request that was not sent, because its turn in the request budget has not come.
   *
   * @param message for about how long it waits
   * @param retryAfter when to look again if it was not called before
   * @param brief whether its turn comes so soon that nobody needs to know of the wait
   */
  static NgrokException waiting(String message, Duration retryAfter, boolean brief) {
    return new NgrokException(Failure.WAITING, null, message, retryAfter, null, brief);
  }

  private NgrokException(
      Failure failure,
      String code,
      String message,
      Duration retryAfter,
      String operation,
      boolean brief) {
    super(message);
    this.failure = Objects.requireNonNull(failure, "failure");
    this.code = code;
    this.retryAfter = retryAfter;
    this.operation = operation;
    this.brief = brief;
  }

  /** Whether it says nothing of other requests with the same key. */
  public boolean isOfOneRequest() {
    return Failures.OF_ONE_REQUEST.contains(String.valueOf(code));
  }

  /** Whether it is a wait for the request budget that is over in a moment. */
  public boolean isBriefWait() {
    return brief;
  }

  /** ngrok's id of the request, which its support asks for; null when there is none. */
  public String operation() {
    return operation;
  }

  /** The message for the log: with ngrok's id of the request. */
  public String logText() {
    return operation == null ? getMessage() : getMessage() + " (ngrok operation " + operation + ")";
  }

  /** Whether another failure is the same, perhaps of another request. */
  public boolean isAgain(NgrokException other) {
    return failure == other.failure && Objects.equals(code, other.code);
  }

  /** What the caller must do about it. */
  public Failure failure() {
    return failure;
  }

  /** The platform's error code, or null. */
  public String code() {
    return code;
  }

  /** How long to wait before trying again, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
