package dev.clinicnet.operator.simulator.traffic;

/** What a client sees where nothing has answered. */
final class UnreachableResponse {
  private static final String OFFLINE = "ERR_NGROK_3200";
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  private UnreachableResponse() {}

  /** 404 for an endpoint that is offline and 502 for an upstream that is down (observed). */
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
