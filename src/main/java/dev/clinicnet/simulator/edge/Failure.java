package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Addresses;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.Unmodelled;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.net.InetSocketAddress;

/** What clients and readers of the log are told where no rule has answered. */
final class Failure {
  /** The header in which the platform names its errors; no upstream can set it. */
  static final String ERROR_CODE = "ngrok-error-code";

  private Failure() {}

  /** That no endpoint of a name is online. */
  static HTTPResponse offline(String host) {
    return response(404, "ERR_NGROK_3200", "The endpoint %s is offline.".formatted(host));
  }

  /** With a code of the platform, as it writes errors. */
  static HTTPResponse response(int status, String errorCode, String message) {
    HTTPResponse response = HTTPResponse.text(status, message + "\n\n" + errorCode + "\n");
    response.headers().set(ERROR_CODE, errorCode);
    return response;
  }

  /** Of the edge itself, about a request that it cannot treat. */
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
