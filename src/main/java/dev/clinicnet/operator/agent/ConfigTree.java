package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The values of the file as maps, lists and scalars in the order in which they are written (format
 * version 3, as documented). What ngrok would assume anyway is written where a wrong assumption
 * would cost privacy or a connection.
 */
record ConfigTree(Map<String, Object> agent, List<Map<String, Object>> endpoints) {

  static final int VERSION = 3;

  static ConfigTree of(AgentConfig config) {
    return new ConfigTree(
        agent(config, config.authtoken().reveal(), config.metadata().toJson()),
        endpoints(config, TLSTermination::tree));
  }

  /** What the hash is taken over: no token, no private key, and no hash. */
  static ConfigTree withoutSecret(AgentConfig config) {
    String metadata = new AgentMetadata(config.clinic(), config.instance(), "").toJson();
    return new ConfigTree(
        agent(config, "", metadata), endpoints(config, TLSTermination::publicTree));
  }

  /** Equal trees, and no others, have equal text. */
  String canonicalText() {
    return new YamlText().entry(0, "agent", agent).entry(0, "endpoints", endpoints).toString();
  }

  private static Map<String, Object> agent(AgentConfig config, String authtoken, String metadata) {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("authtoken", authtoken);
    if (config.connectURL() != null) {
      agent.put("connect_url", config.connectURL());
    }
    agent.put("metadata", metadata);
    agent.put("remote_management", true);
    agent.put("inspect_db_size", -1);
    if (config.apiHost() == null) {
      agent.put("web_addr", false);
    } else {
      agent.put("web_addr", AgentAPIEndpoint.ADDRESS);
      agent.put("web_allow_hosts", List.of(config.apiHost()));
    }
    agent.put("console_ui", false);
    agent.put("log", "stdout");
    return agent;
  }

  private static List<Map<String, Object>> endpoints(
      AgentConfig config, Function<TLSTermination, Map<String, Object>> termination) {
    return config.allEndpoints().stream()
        .map(endpoint -> endpoint(endpoint, config.redundant(), termination))
        .toList();
  }

  private static Map<String, Object> endpoint(
      AgentEndpoint endpoint,
      boolean pooled,
      Function<TLSTermination, Map<String, Object>> termination) {
    Map<String, Object> upstream = new LinkedHashMap<>();
    upstream.put("url", endpoint.upstreamURL());
    if (endpoint.upstreamProtocol() != null) {
      upstream.put("protocol", endpoint.upstreamProtocol());
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", endpoint.name());
    tree.put("url", endpoint.url());
    tree.put("upstream", upstream);
    tree.put("pooling_enabled", pooled);
    TrafficPolicy policy = endpoint.trafficPolicy();
    if (policy != null) {
      tree.put("traffic_policy", policy.tree());
    }
    if (endpoint.termination() != null) {
      tree.put("agent_tls_termination", termination.apply(endpoint.termination()));
    }
    return tree;
  }
}
