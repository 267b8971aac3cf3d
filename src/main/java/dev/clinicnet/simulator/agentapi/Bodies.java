package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** The bodies of an agent's API, with the documented members. */
final class Bodies {
  private static final List<String> RATES =
      List.of("rate1", "rate5", "rate15", "p50", "p90", "p95", "p99");
  private static final Pattern PORT = Pattern.compile("[0-9]+");

  private Bodies() {}

  static ObjectNode status(AgentVersion version) {
    ObjectNode body = object().put("status", "online").put("agent_version", version.toString());
    body.putObject("session")
        .putArray("legs")
        .addObject()
        .put("region", "us")
        .put("latency", "20ms");
    return body.put("uri", "/api/status");
  }

  static ObjectNode endpoints(List<RunningEndpoint> running) {
    ObjectNode body = object();
    var list = body.putArray("endpoints");
    running.forEach(each -> list.add(summary(each)));
    return body;
  }

  static ObjectNode endpoint(RunningEndpoint endpoint) {
    ObjectNode body = summary(endpoint);
    body.set("metrics", metrics());
    return body;
  }

  static ObjectNode tunnels(List<RunningEndpoint> running) {
    ObjectNode body = object();
    var list = body.putArray("tunnels");
    running.forEach(each -> list.add(tunnel(each)));
    return body.put("uri", "/api/tunnels");
  }

  static ObjectNode tunnel(RunningEndpoint endpoint) {
    ObjectNode body =
        object()
            .put("name", endpoint.name())
            .put("uri", "/api/tunnels/" + AgentPath.escaped(endpoint.name()))
            .put("public_url", endpoint.url())
            .put("proto", endpoint.scheme());
    body.putObject("config")
        .put("addr", address(endpoint.upstreamUrl()))
        .put("inspect", endpoint.inspect());
    body.set("metrics", metrics());
    return body;
  }

  /** The requests of an agent that keeps none. */
  static ObjectNode requests() {
    ObjectNode body = object().put("uri", "/api/requests/http");
    body.putArray("requests");
    return body;
  }

  private static ObjectNode summary(RunningEndpoint endpoint) {
    ObjectNode body =
        object()
            .put("name", endpoint.name())
            .put("uri", "/api/endpoints/" + AgentPath.escaped(endpoint.name()))
            .put("url", endpoint.url());
    body.putObject("upstream")
        .put("url", endpoint.upstreamUrl())
        .put("protocol", endpoint.upstreamProtocol());
    return body.put("inspect", endpoint.inspect())
        .put("traffic_policy", endpoint.trafficPolicy())
        .put("pooling_enabled", endpoint.poolingEnabled());
  }

  /** The metrics. Nothing is measured. */
  private static ObjectNode metrics() {
    ObjectNode metrics = object();
    ObjectNode connections = metrics.putObject("conns").put("count", 0).put("gauge", 0);
    ObjectNode requests = metrics.putObject("http").put("count", 0);
    for (String rate : RATES) {
      connections.put(rate, 0);
      requests.put(rate, 0);
    }
    return metrics;
  }

  private static String address(String upstream) {
    return PORT.matcher(upstream).matches() ? "localhost:" + upstream : upstream;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
