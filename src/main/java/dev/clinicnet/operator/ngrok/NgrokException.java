package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.util.Objects;

/** A failed request. Its message is fit for a user: redacted, without operation ids. */
public final class NgrokException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final String code;
  private final transient Duration retryAfter;

  /**
   * @param code the platform's error code such as {@code ERR_NGROK_446}; null when it gave none
   * @param retryAfter how long to wait; null when the caller decides
   */
  public NgrokException(Failure failure, String code, String message, Duration retryAfter) {
    super(message);
    this.failure = Objects.requireNonNull(failure, "failure");
    this.code = code;
    this.retryAfter = retryAfter;
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
