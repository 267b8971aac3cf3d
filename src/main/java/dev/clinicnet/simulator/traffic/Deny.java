package dev.clinicnet.simulator.traffic;

import java.util.Optional;

/** {@code deny}: closes the connection, or answers without a body (documented). */
final class Deny implements Action {
  private static final int FORBIDDEN = 403;

  @Override
  public Optional<Ending> run(Call call) {
    return call.refuse(HTTPResponse.empty(call.config().number("status_code", FORBIDDEN)), "");
  }
}
