package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The body of {@code POST /api/tunnels}: a tunnel as in a file of version 2, with its name. */
final class TunnelForm {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "addr",
          "proto",
          "url",
          "domain",
          "hostname",
          "remote_addr",
          "schemes",
          "inspect",
          "metadata",
          "traffic_policy",
          "proxy_proto");
  private static final Set<String> UNMODELLED =
      Set.of(
          "basic_auth",
          "circuit_breaker",
          "compression",
          "crt",
          "host_header",
          "ip_restriction",
          "key",
          "labels",
          "mutual_tls_cas",
          "oauth",
          "oidc",
          "policy",
          "request_header",
          "response_header",
          "subdomain",
          "terminate_at",
          "user_agent_filter",
          "verify_webhook",
          "websocket_tcp_converter");
  private static final Set<String> PROTOCOLS = Set.of("http", "tcp", "tls");
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private TunnelForm() {}

  /**
   * Reads a tunnel as an endpoint.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static WantedEndpoint read(ObjectNode body) {
    body.fieldNames().forEachRemaining(TunnelForm::requireKnown);
    if (body.path("schemes").size() > 1) {
      throw new Refusal(AgentAnswer.unmodelled("a tunnel with two 'schemes'"));
    }
    String protocol = text(body, "proto");
    if (!PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException("'proto' must be http, tcp or tls");
    }
    ObjectNode definition = body.objectNode();
    definition.put("name", text(body, "name"));
    definition.put("url", url(body, protocol));
    definition.put("metadata", text(body, "metadata"));
    ObjectNode upstream = definition.putObject("upstream");
    upstream.put("url", address(body.path("addr")));
    if (!body.path("proxy_proto").asText("").isEmpty()) {
      upstream.put("proxy_protocol", body.get("proxy_proto").asText());
    }
    JsonNode policy = body.path("traffic_policy");
    if (!policy.isMissingNode() && !policy.isObject()) {
      throw new IllegalArgumentException("'traffic_policy' must be a map, not a string");
    }
    return new WantedEndpoint(
        definition,
        policy.isMissingNode() ? "" : policy.toString(),
        EndpointForm.flag(body.get("inspect")));
  }

  private static void requireKnown(String name) {
    if (UNMODELLED.contains(name)) {
      throw new Refusal(AgentAnswer.unmodelled("'" + name + "' of a tunnel"));
    }
    if (!KNOWN.contains(name)) {
      // The text is that of the agent (observed).
      throw new IllegalArgumentException(
          "yaml: unmarshal errors:\n  line 1: field %s not found in type config.HTTPv2Tunnel"
              .formatted(name));
    }
  }

  private static String url(ObjectNode body, String protocol) {
    if (body.has("url")) {
      return text(body, "url");
    }
    return switch (protocol) {
      case "tcp" -> "tcp://" + text(body, "remote_addr");
      case "tls" -> "tls://" + host(body);
      default -> scheme(body.path("schemes")) + "://" + host(body);
    };
  }

  private static String scheme(JsonNode schemes) {
    String scheme = schemes.isMissingNode() ? "https" : schemes.path(0).asText();
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException("'schemes' must be a list of http or https");
    }
    return scheme;
  }

  private static String host(ObjectNode body) {
    return text(body, body.has("domain") ? "domain" : "hostname");
  }

  private static String address(JsonNode address) {
    if (!address.isTextual() && !address.isIntegralNumber()) {
      throw new IllegalArgumentException("'addr' is required");
    }
    return address.asText();
  }

  private static String text(ObjectNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' must be a string");
    }
    return value.asText("");
  }
}
