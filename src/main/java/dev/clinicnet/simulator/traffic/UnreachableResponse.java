package dev.clinicnet.simulator.traffic;

/** The response for a client if the destination did not answer. */
final class UnreachableResponse {
  private static final String OFFLINE = "ERR_NGROK_3200";
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  private UnreachableResponse() {}

  /** 404 for an endpoint that is offline, and 502 otherwise. The statuses are not documented. */
  static HTTPResponse of(Unreachable unreachable) {
    int status = unreachable.errorCode().equals(OFFLINE) ? NOT_FOUND : BAD_GATEWAY;
    HTTPResponse response = HTTPResponse.text(status, text(unreachable) + "\n");
    response.headers().set("ngrok-error-code", unreachable.errorCode());
    return response;
  }

  /** Code and message. */
  static String text(Unreachable unreachable) {
    return unreachable.errorCode() + ": " + unreachable.getMessage();
  }
}
