package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.edge.Upstream.Termination;
import dev.clinicnet.simulator.wire.Bind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One endpoint of an agent's configuration file, or one that was started through its API.
 *
 * @param proxyProtocol {@code 1}, {@code 2} or empty
 * @param binding null if the file names none
 * @param termination how the agent ends TLS; empty if it does not
 * @param trafficPolicy the policy as JSON or YAML, empty without one
 */
record AgentEndpoint(
    String name,
    String url,
    String upstreamUrl,
    String upstreamProtocol,
    String proxyProtocol,
    String binding,
    String description,
    String metadata,
    String trafficPolicy,
    boolean poolingEnabled,
    Optional<Termination> termination) {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "url",
          "upstream",
          "bindings",
          "metadata",
          "description",
          "traffic_policy",
          "pooling_enabled",
          "agent_tls_termination");
  private static final Set<String> UPSTREAM = Set.of("url", "protocol", "proxy_protocol");
  private static final Set<String> TERMINATION =
      Set.of("server_certificate", "server_private_key", "mutual_tls_certificate_authorities");
  private static final Set<String> PROTOCOLS = Set.of("http1", "http2");

  static AgentEndpoint read(JsonNode node, String prefix) {
    ConfigKeys.known(node, prefix, KEYS);
    JsonNode upstream = node.path("upstream");
    if (upstream.isMissingNode()) {
      throw new IllegalArgumentException("'" + prefix + "upstream.url' is required");
    }
    ConfigKeys.known(upstream, prefix + "upstream.", UPSTREAM);
    String protocol = ConfigKeys.text(upstream, prefix + "upstream.", "protocol", "");
    if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException(
          "'" + prefix + "upstream.protocol' must be http1 or http2");
    }
    String url = ConfigKeys.text(node, prefix, "url", "");
    return new AgentEndpoint(
        required(ConfigKeys.text(node, prefix, "name", ""), prefix + "name"),
        url,
        upstreamUrl(upstream.path("url"), prefix + "upstream.url"),
        protocol,
        proxyProtocol(upstream.path("proxy_protocol"), prefix + "upstream.proxy_protocol"),
        binding(node.path("bindings"), prefix + "bindings"),
        ConfigKeys.text(node, prefix, "description", ""),
        ConfigKeys.text(node, prefix, "metadata", ""),
        policy(node.path("traffic_policy"), prefix + "traffic_policy"),
        ConfigKeys.bool(node, prefix, "pooling_enabled", false),
        termination(node.path("agent_tls_termination"), prefix, url));
  }

  /** The endpoint that an agent outside of the simulator asks for. */
  static AgentEndpoint of(Bind request) {
    List<String> bindings = request.extra().bindings();
    return new AgentEndpoint(
        request.extra().name(),
        request.url(),
        request.forwardsTo(),
        request.forwardsProto(),
        request.proxyProtocol(),
        bindings.isEmpty() ? null : bindings.get(0),
        request.extra().description(),
        request.extra().metadata(),
        request.trafficPolicy(),
        request.extra().poolingEnabled(),
        Optional.empty());
  }

  AgentEndpoint withTrafficPolicy(String policy) {
    return new AgentEndpoint(
        name,
        url,
        upstreamUrl,
        upstreamProtocol,
        proxyProtocol,
        binding,
        description,
        metadata,
        policy,
        poolingEnabled,
        termination);
  }

  private static Optional<Termination> termination(JsonNode node, String prefix, String url) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    String at = prefix + "agent_tls_termination.";
    ConfigKeys.known(node, at, TERMINATION);
    String certificate = ConfigKeys.text(node, at, "server_certificate", "");
    String key = ConfigKeys.text(node, at, "server_private_key", "");
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + at + "' needs server_certificate and server_private_key");
    }
    JsonNode authorities = node.path("mutual_tls_certificate_authorities");
    if (!authorities.isMissingNode() && !authorities.isArray()) {
      throw new IllegalArgumentException(
          "'" + at + "mutual_tls_certificate_authorities' must be a list");
    }
    if (!url.startsWith("tls://")) {
      throw new IllegalArgumentException(
          "'" + prefix + "agent_tls_termination' needs a tls:// url");
    }
    return Optional.of(
        new Termination(certificate, key, String.join("\n", Json.strings(authorities))));
  }

  private static String proxyProtocol(JsonNode value, String key) {
    if (value.isMissingNode() || value.isNull() || Set.of("1", "2").contains(value.asText())) {
      return value.asText("");
    }
    throw new IllegalArgumentException("'" + key + "' must be 1 or 2");
  }

  private static String required(String value, String key) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("'" + key + "' is required");
    }
    return value;
  }

  private static String upstreamUrl(JsonNode value, String key) {
    // A bare port may be written as a number.
    if (value.isIntegralNumber() || value.isTextual()) {
      return required(value.asText(), key);
    }
    throw new IllegalArgumentException("'" + key + "' is required");
  }

  private static String binding(JsonNode bindings, String key) {
    if (bindings.isMissingNode() || bindings.isNull()) {
      return null;
    }
    if (!bindings.isArray() || bindings.size() != 1) {
      throw new IllegalArgumentException("'" + key + "' must be a list of one binding");
    }
    return bindings.get(0).asText();
  }

  private static String policy(JsonNode policy, String key) {
    if (policy.isMissingNode() || policy.isNull()) {
      return "";
    }
    if (!policy.isObject()) {
      throw new IllegalArgumentException("'" + key + "' must be a map, not a string");
    }
    return new String(Json.bytes(policy), StandardCharsets.UTF_8);
  }
}
