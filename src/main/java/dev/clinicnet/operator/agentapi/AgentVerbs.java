package dev.clinicnet.operator.agentapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The two forms in which agents describe what they bind: endpoints, as in file version 3, and
 * before 3.30.0 tunnels, as in file version 2 (documented).
 *
 * @param resource the last part of the path
 * @param listed the member of the list with the entries
 * @param newer whether this is the newer form
 */
record AgentVerbs(String resource, List<JsonNode> listed, boolean newer) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Errors that pass: another endpoint still has the URL, or ngrok had a fault. */
  private static final Set<String> TRANSIENT =
      Set.of(
          "ERR_NGROK_324",
          "ERR_NGROK_334",
          "ERR_NGROK_348",
          "ERR_NGROK_349",
          "ERR_NGROK_350",
          "ERR_NGROK_351",
          "ERR_NGROK_10000");

  static AgentVerbs endpoints(JsonNode body) {
    return of("endpoints", body, true);
  }

  static AgentVerbs tunnels(JsonNode body) {
    return of("tunnels", body, false);
  }

  private static AgentVerbs of(String resource, JsonNode body, boolean newer) {
    JsonNode list = body.path(resource);
    if (!list.isArray()) {
      throw new AgentApiException(
          AgentApiFailure.UNREACHABLE, "what answers for the agent is not its API");
    }
    List<JsonNode> listed = new ArrayList<>();
    list.forEach(listed::add);
    return new AgentVerbs(resource, List.copyOf(listed), newer);
  }

  static boolean isTransient(String code) {
    return TRANSIENT.contains(code);
  }

  RunningEndpoint read(JsonNode node) {
    return new RunningEndpoint(
        node.path("name").asText(""),
        url(node),
        newer
            ? node.path("upstream").path("url").asText("")
            : node.path("config").path("addr").asText(""),
        newer ? node.path("upstream").path("protocol").textValue() : null);
  }

  String url(JsonNode node) {
    return node.path(newer ? "url" : "public_url").asText("");
  }

  /**
   * Whether the running endpoint is the wanted one. An old agent writes upstreams in its own form.
   */
  boolean isSame(RunningEndpoint running, StartedEndpoint wanted) {
    return running.url().equals(wanted.url())
        && withoutScheme(running.upstream()).equals(withoutScheme(wanted.upstreamURL()))
        && (running.protocol() == null
            || protocol(running.protocol()).equals(protocol(wanted.upstreamProtocol())));
  }

  private static String protocol(String named) {
    return named == null || named.isEmpty() ? "http1" : named;
  }

  /** The body that asks for an endpoint. */
  String body(StartedEndpoint endpoint) {
    Map<String, Object> body = newer ? endpoint(endpoint) : tunnel(endpoint);
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and texts always have a JSON form", e);
    }
  }

  private static Map<String, Object> endpoint(StartedEndpoint endpoint) {
    Map<String, Object> upstream = new LinkedHashMap<>();
    upstream.put("url", endpoint.upstreamURL());
    if (endpoint.upstreamProtocol() != null) {
      upstream.put("protocol", endpoint.upstreamProtocol());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", endpoint.name());
    body.put("url", endpoint.url());
    body.put("upstream", upstream);
    body.put("pooling_enabled", false);
    body.put("metadata", endpoint.metadata());
    return body;
  }

  /**
   * The body in the form of file version 2. An endpoint that this form cannot express is refused,
   * so that no other one is opened.
   */
  private static Map<String, Object> tunnel(StartedEndpoint endpoint) {
    URI url = URI.create(endpoint.url());
    String upstream = endpoint.upstreamURL();
    boolean http = url.getScheme().startsWith("http");
    if ("http2".equals(endpoint.upstreamProtocol()) || (!http && upstream.startsWith("tls:"))) {
      throw new AgentApiException(
          AgentApiFailure.UNSUPPORTED,
          "the agent is older than 3.30.0 and cannot be told the protocol of "
              + upstream
              + ": update it");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", endpoint.name());
    body.put("proto", http ? "http" : url.getScheme());
    body.put("addr", http ? upstream : withoutScheme(upstream));
    if (http) {
      body.put("schemes", List.of(url.getScheme()));
    }
    if (url.getScheme().equals("tcp")) {
      body.put("remote_addr", url.getAuthority());
    } else {
      body.put("domain", url.getAuthority());
    }
    body.put("metadata", endpoint.metadata());
    return body;
  }

  private static String withoutScheme(String url) {
    int end = url.indexOf("://");
    return end < 0 ? url : url.substring(end + 3);
  }
}
