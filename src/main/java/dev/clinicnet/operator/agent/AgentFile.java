package dev.clinicnet.operator.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of {@code ngrok.yml}: the agent reads it, and its comments are for a person who opens
 * the file at the clinic. It holds the authtoken. Equal configurations give equal text.
 */
public final class AgentFile {

  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry(
              "authtoken", "Secret. Who has it can be this clinic's agent, and nothing else."),
          Map.entry("connect_url", "The company's own address for agents."),
          Map.entry("proxy_url", "The proxy of this network. A password in it is secret."),
          Map.entry("connect_cas", "Whom the agent trusts, because this network decrypts TLS."),
          Map.entry("dns_resolver_ips", "The DNS servers to ask for the addresses of ngrok."),
          Map.entry("heartbeat_interval", "How often the agent tests its connection."),
          Map.entry("metadata", "Tells the cluster which file this agent runs."),
          Map.entry(
              "remote_management", "Lets the cluster stop an agent whose token has been replaced."),
          Map.entry("inspect_db_size", "Never keep requests: they hold patient data."),
          Map.entry("console_ui", "It runs as a service, without a screen."));

  private static final String AGENT_API =
      "The agent's own API: starting and stopping sessions, no captured requests. Its password is secret.";

  private AgentFile() {}

  /** The file for one clinic. */
  public static String text(AgentConfig config) {
    return text(config, config.configHash());
  }

  static String text(AgentConfig config, String hash) {
    ConfigTree tree = ConfigTree.of(config, hash);
    YamlText yaml = new YamlText();
    yaml.comment(0, header(config, hash)).blank();
    yaml.entry(0, "version", ConfigTree.VERSION);
    yaml.open(0, "agent");
    Map<String, String> why = why(config);
    tree.agent()
        .forEach(
            (key, value) -> {
              if (why.containsKey(key)) {
                yaml.comment(2, why.get(key));
              }
              yaml.entry(2, key, value);
            });
    endpoints(yaml, tree.endpoints(), config.api() != null);
    return yaml.toString();
  }

  private static String header(AgentConfig config, String hash) {
    return """
        ngrok agent configuration of %s
        Clinic %s, configuration %s

        Written by clinic-operator. Do not edit it here: changes are lost with the next file, and
        the cluster cannot see them. Install the new file instead, as README.txt says.
        It holds a secret: only the agent's own account may read it; keep no copies."""
        .formatted(displayName(config), config.clinic(), hash);
  }

  static String displayName(AgentConfig config) {
    String plain = config.displayName() == null ? "" : PlainLine.of(config.displayName());
    return plain.isEmpty() ? config.name() : plain;
  }

  private static Map<String, String> why(AgentConfig config) {
    Map<String, String> why = new HashMap<>(WHY);
    why.put(
        "web_addr",
        config.api() == null
            ? "The agent's own API is not used here, so it is off."
            : "The agent's own API, for sessions. Here it has no password: keep it on this machine.");
    return why;
  }

  private static void endpoints(
      YamlText yaml, List<Map<String, Object>> endpoints, boolean hasAgentAPI) {
    yaml.blank();
    if (endpoints.isEmpty()) {
      yaml.comment(0, "The clinic has no services yet.");
      yaml.entry(0, "endpoints", endpoints);
      return;
    }
    yaml.comment(0, "Each endpoint leads from a private name to a server in this network.");
    yaml.open(0, "endpoints");
    for (Map<String, Object> endpoint : endpoints) {
      boolean isAgentAPI = hasAgentAPI && AgentAPIEndpoint.NAME.equals(endpoint.get("name"));
      yaml.comment(2, isAgentAPI ? AGENT_API : about(endpoint));
      yaml.item(2, endpoint);
    }
  }

  private static String about(Map<String, Object> endpoint) {
    Object upstream = ((Map<?, ?>) endpoint.get("upstream")).get("url");
    String tls = endpoint.containsKey("agent_tls_termination") ? " (TLS ends here)" : "";
    return PlainLine.of(
        "%s%s: this machine must reach %s".formatted(endpoint.get("name"), tls, upstream));
  }
}
