package dev.clinicnet.operator.agentapi;

import java.util.Objects;

/**
 * A failed call of an agent. Its message is fit for a user: it contains nothing of the request or
 * the answer except the platform's error code.
 */
public final class AgentApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AgentApiFailure failure;
  private final String code;

  AgentApiException(AgentApiFailure failure, String message) {
    this(failure, null, message);
  }

  AgentApiException(AgentApiFailure failure, String code, String message) {
    super(message);
    this.failure = Objects.requireNonNull(failure, "failure");
    this.code = code;
  }

  /** What the caller must do about it. */
  public AgentApiFailure failure() {
    return failure;
  }

  /** The platform's error code that the agent passed on; null without one. */
  public String code() {
    return code;
  }
}
