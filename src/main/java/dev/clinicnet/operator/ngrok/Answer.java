package dev.clinicnet.operator.ngrok;

/**
 * The platform's answer to one request.
 *
 * @param retryAfter the header of that name; null when absent (observed: the API sends none)
 */
record Answer(int status, String body, String retryAfter) {

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /** The body is left out, because it can hold a token that is shown once. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
