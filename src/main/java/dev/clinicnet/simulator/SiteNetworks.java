package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loopback addresses that represent the hosts of upstreams. Each agent has its own, because two
 * sites may use the same private address for two machines.
 */
final class SiteNetworks {
  private static final Pattern HOST_PORT = Pattern.compile("(.+):([0-9]{1,5})");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1:([0-9]{1,5})");
  private static final int MAX_PORT = 65535;

  private final Map<String, Map<String, InetSocketAddress>> byAgent = new HashMap<>();

  /** Replaces the addresses of an agent by an object of loopback addresses by host and port. */
  void replace(String agent, JsonNode upstreams) {
    Map<String, InetSocketAddress> network = new HashMap<>();
    for (Map.Entry<String, JsonNode> upstream : upstreams.properties()) {
      if (!HOST_PORT.matcher(upstream.getKey()).matches()) {
        throw new IllegalArgumentException(
            "'" + upstream.getKey() + "' must be host:port, as in the agent's upstream url");
      }
      network.put(upstream.getKey(), loopback(upstream.getKey(), upstream.getValue().asText()));
    }
    byAgent.put(agent, Map.copyOf(network));
  }

  Map<String, InetSocketAddress> of(String agent) {
    return byAgent.getOrDefault(agent, Map.of());
  }

  void reset() {
    byAgent.clear();
  }

  private static InetSocketAddress loopback(String key, String text) {
    Matcher parts = LOOPBACK.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) > MAX_PORT) {
      throw new IllegalArgumentException(
          "'" + key + "' must be an address on loopback, such as 127.0.0.1:8080");
    }
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(parts.group(1)));
  }
}
