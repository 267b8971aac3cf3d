package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.SimpleType;
import java.util.Map;
import java.util.Optional;

/** {@code endpoint.*}. */
final class EndpointVariables {
  private EndpointVariables() {}

  static Map<String, Variable> all() {
    return Map.of(
        "endpoint.id", new Variable(SimpleType.STRING, run -> run.endpoint().id()),
        "endpoint.url", new Variable(SimpleType.STRING, run -> run.endpoint().url()),
        "endpoint.host", new Variable(SimpleType.STRING, run -> Address.of(run).host()),
        "endpoint.port", new Variable(SimpleType.INT, run -> Address.of(run).port()),
        "endpoint.protocol", new Variable(SimpleType.STRING, run -> Address.of(run).scheme()),
        "endpoint.addr", new Variable(SimpleType.STRING, run -> Address.of(run).text()));
  }

  /** The parts of an endpoint's URL. {@code java.net.URI} does not accept a wildcard as a host. */
  private record Address(String scheme, String host, long port) {

    static Address of(Run run) {
      String[] parts = run.endpoint().url().split("://", 2);
      int colon = parts[1].lastIndexOf(':');
      String host = colon < 0 ? parts[1] : parts[1].substring(0, colon);
      long standard = parts[0].equals("http") ? 80 : 443;
      return new Address(
          parts[0],
          host,
          Optional.of(colon)
              .filter(index -> index >= 0)
              .map(index -> Long.parseLong(parts[1].substring(index + 1)))
              .orElse(standard));
    }

    String text() {
      return host + ":" + port;
    }
  }
}
