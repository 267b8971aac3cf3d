package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Addresses;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.Unmodelled;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.net.InetSocketAddress;

/** The messages for clients and the log if no rule has answered. */
final class Failure {
  /** The header with the platform's error code. No upstream can set it. */
  static final String ERROR_CODE = "ngrok-error-code";

  private Failure() {}

  /** The failure that no endpoint of a name is online. */
  static HTTPResponse offline(String host) {
    return response(404, "ERR_NGROK_3200", "The endpoint %s is offline.".formatted(host));
  }

  /** A failure with a code of the platform, in its format. */
  static HTTPResponse response(int status, String errorCode, String message) {
    HTTPResponse response = HTTPResponse.text(status, message + "\n\n" + errorCode + "\n");
    response.headers().set(ERROR_CODE, errorCode);
    return response;
  }

  /** A failure of the edge itself, for a request that it cannot handle. */
  static HTTPResponse plain(int status, String message) {
    return HTTPResponse.text(status, message + "\n");
  }

  static Decision decision(OnlineEndpoint endpoint, Unreachable cause) {
    return new Decision(
        endpoint.endpoint().url(), "", "", cause.errorCode() + ": " + cause.getMessage());
  }

  static Decision decision(OnlineEndpoint endpoint, Unmodelled cause) {
    return new Decision(endpoint.endpoint().url(), "", "", cause.getMessage());
  }

  /** An address and port, without a name. */
  static String text(InetSocketAddress address) {
    String host = Addresses.text(address.getAddress());
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
