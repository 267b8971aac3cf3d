package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of the file as maps, lists and scalars in the order in which they are written (format
 * version 3, as documented). A default of ngrok is written too if a changed default would cost
 * privacy or a connection.
 */
record ConfigTree(Map<String, Object> agent, List<Map<String, Object>> endpoints) {

  static final int VERSION = 3;

  /**
   * The content of the file.
   *
   * @param hash the {@link AgentConfig#configHash} of the configuration
   */
  static ConfigTree of(AgentConfig config, String hash) {
    String metadata = new AgentMetadata(config.clinic(), config.instance(), hash).toJson();
    return new ConfigTree(
        agent(config, config.authtoken().reveal(), metadata, AgentProxy::text),
        endpoints(config, Secrets.REVEALED));
  }

  /** The content of the hash: no token, no private key, no password, and no hash. */
  static ConfigTree withoutSecret(AgentConfig config) {
    String metadata = new AgentMetadata(config.clinic(), config.instance(), "").toJson();
    Map<String, Object> agent =
        agent(config, "", metadata, proxy -> proxy.fingerprint(config.authtoken()));
    // Earlier files had this key. It still counts, so that the hashes of installed files do not
    // change.
    agent.put("log", "stdout");
    return new ConfigTree(agent, endpoints(config, Secrets.HIDDEN));
  }

  /** Equal trees, and no others, have equal text. */
  String canonicalText() {
    return new YamlText().entry(0, "agent", agent).entry(0, "endpoints", endpoints).toString();
  }

  private static Map<String, Object> agent(
      AgentConfig config, String authtoken, String metadata, Function<AgentProxy, String> proxy) {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("authtoken", authtoken);
    if (config.connectURL() != null) {
      agent.put("connect_url", config.connectURL());
    }
    SiteNetwork network = config.network();
    if (network.proxy() != null) {
      agent.put("proxy_url", proxy.apply(network.proxy()));
    }
    if (network.connectCAs() != null) {
      agent.put("connect_cas", network.connectCAs());
    }
    if (!network.dnsResolverIPs().isEmpty()) {
      agent.put("dns_resolver_ips", network.dnsResolverIPs());
    }
    if (network.heartbeatInterval() != null) {
      agent.put("heartbeat_interval", network.heartbeatInterval());
    }
    agent.put("metadata", metadata);
    agent.put("remote_management", true);
    agent.put("inspect_db_size", -1);
    if (config.api() == null) {
      agent.put("web_addr", false);
    } else {
      agent.put("web_addr", AgentAPIEndpoint.ADDRESS);
      agent.put("web_allow_hosts", List.of(config.api().host()));
    }
    agent.put("console_ui", false);
    return agent;
  }

  private static List<Map<String, Object>> endpoints(AgentConfig config, Secrets secrets) {
    return config.allEndpoints().stream()
        .map(endpoint -> endpoint(endpoint, config.redundant(), secrets))
        .toList();
  }

  private static Map<String, Object> endpoint(
      AgentEndpoint endpoint, boolean pooled, Secrets secrets) {
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
    if (!endpoint.lock().isEmpty()) {
      tree.put("metadata", LockNote.metadata(endpoint.lock()));
    }
    policy(endpoint, secrets).ifPresent(policy -> tree.put("traffic_policy", policy.tree()));
    if (endpoint.termination() != null) {
      tree.put("agent_tls_termination", secrets.termination().apply(endpoint.termination()));
    }
    return tree;
  }

  private static Optional<TrafficPolicy> policy(AgentEndpoint endpoint, Secrets secrets) {
    TrafficPolicy policy = endpoint.trafficPolicy();
    if (!endpoint.lock().isEmpty() && endpoint.url().startsWith("http")) {
      return Optional.of(PolicyBuilder.behindLock(endpoint.lock()));
    }
    if (endpoint.password() == null) {
      return Optional.ofNullable(policy);
    }
    return Optional.of(
        PolicyBuilder.behindPassword(
            policy == null ? new TrafficPolicy(Map.of()) : policy,
            AgentAPIAccess.USER,
            secrets.password().apply(endpoint.password())));
  }

  /** The text in the place of secrets. */
  private record Secrets(
      Function<TLSTermination, Map<String, Object>> termination,
      Function<AgentPassword, String> password) {
    private static final Secrets REVEALED =
        new Secrets(TLSTermination::tree, AgentPassword::reveal);
    private static final Secrets HIDDEN =
        new Secrets(TLSTermination::publicTree, AgentPassword::fingerprint);
  }
}
