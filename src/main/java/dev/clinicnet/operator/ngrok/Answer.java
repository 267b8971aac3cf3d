package dev.clinicnet.operator.ngrok;

/**
 * The platform's answer to one request.
 *
 * @param retryAfter the header of that name; null when absent (observed: the API sends none)
 * @param operation the header {@code ngrok-operation-id}, which repeats the id of the error body
 *     (observed in ngrok's own client); null when absent
 */
record Answer(int status, String body, String retryAfter, String operation) {

  /** An answer without the id of its request. */
  Answer(int status, String body, String retryAfter) {
    this(status, body, retryAfter, null);
  }

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** The body is left out, because it can hold a token that is shown once. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
