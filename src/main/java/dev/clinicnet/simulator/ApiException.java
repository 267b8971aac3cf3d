package dev.clinicnet.simulator;

/** A request that the platform refuses. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errorCode;

  ApiException(int status, String errorCode, String msg) {
    super(msg);
    this.status = status;
    this.errorCode = errorCode;
  }

  /** An absent id: the platform answers it without an error code (documented captures). */
  static ApiException notFound() {
    return new ApiException(404, null, "Resource not found");
  }

  int status() {
    return status;
  }

  /** Null if the platform gives no code. */
  String errorCode() {
    return errorCode;
  }
}
