package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.agentapi.WebAddress;
import dev.clinicnet.simulator.agentapi.WebInterface;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An agent's configuration file, version 3, read as strictly as {@code ngrok config check}: unknown
 * keys are refused. Keys follow the documentation; {@code pooling_enabled} is missing from its
 * table but used in its guides.
 */
record AgentConfig(
    String authtoken,
    String metadata,
    boolean remoteManagement,
    boolean keepsRequests,
    WebInterface web,
    List<AgentEndpoint> endpoints) {
  private static final Set<String> TOP = Set.of("version", "agent", "endpoints", "tunnels");
  private static final Set<String> AGENT =
      Set.of(
          "authtoken",
          "api_key",
          "connect_url",
          "connect_cas",
          "connect_timeout",
          "connect_interface",
          "heartbeat_interval",
          "heartbeat_tolerance",
          "dns_resolver_ips",
          "crl_noverify",
          "crl_url",
          "proxy_url",
          "metadata",
          "remote_management",
          "log",
          "log_level",
          "log_format",
          "console_ui",
          "console_ui_color",
          "inspect_db_size",
          "update_check",
          "update_channel",
          "web_addr",
          "web_allow_hosts");
  private static final int MAX_METADATA = 4096;
  private static final long NO_REQUESTS = -1;

  /** What the platform knows of the file of an agent outside of the simulator: its metadata. */
  static AgentConfig unseen(String metadata) {
    return new AgentConfig("", metadata, false, false, WebInterface.off(), List.of());
  }

  static AgentConfig read(String text) {
    JsonNode file = parse(text);
    ConfigKeys.known(file, "", TOP);
    // The version may be a number or a text: both are in public use.
    if (!file.path("version").asText().equals("3")) {
      throw new IllegalArgumentException("'version' must be 3");
    }
    if (file.has("tunnels")) {
      throw new IllegalArgumentException("'tunnels' is deprecated and not modelled");
    }
    JsonNode agent = file.path("agent");
    if (!agent.isObject()) {
      throw new IllegalArgumentException("'agent' is required");
    }
    ConfigKeys.known(agent, "agent.", AGENT);
    String metadata = ConfigKeys.text(agent, "agent.", "metadata", "");
    if (metadata.length() > MAX_METADATA) {
      throw new IllegalArgumentException("'agent.metadata' is longer than 4096 characters");
    }
    checkScalars(agent);
    return new AgentConfig(
        ConfigKeys.text(agent, "agent.", "authtoken", ""),
        metadata,
        ConfigKeys.bool(agent, "agent.", "remote_management", true),
        agent.path("inspect_db_size").asLong(0) != NO_REQUESTS,
        web(agent),
        endpoints(file.path("endpoints")));
  }

  /** The token is left out. */
  @Override
  public String toString() {
    return "AgentConfig[endpoints=" + endpoints + "]";
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode file = Json.parseYaml(text);
      if (file != null && file.isObject()) {
        return file;
      }
    } catch (IOException e) {
      // The parser's message would quote the line, which may have the token.
    }
    throw new IllegalArgumentException("the file is not a YAML mapping with unique keys");
  }

  private static void checkScalars(JsonNode agent) {
    ConfigKeys.bool(agent, "agent.", "crl_noverify", false);
    ConfigKeys.bool(agent, "agent.", "update_check", true);
    for (String name : List.of("connect_url", "api_key", "connect_cas", "proxy_url")) {
      ConfigKeys.text(agent, "agent.", name, "");
    }
    if (agent.has("inspect_db_size") && !agent.get("inspect_db_size").isIntegralNumber()) {
      throw new IllegalArgumentException("'agent.inspect_db_size' must be a whole number");
    }
  }

  private static WebInterface web(JsonNode agent) {
    List<String> hosts = new ArrayList<>();
    JsonNode list = agent.path("web_allow_hosts");
    for (JsonNode host : list) {
      hosts.add(host.asText());
    }
    if (!list.isMissingNode() && (!list.isArray() || hosts.contains(""))) {
      throw new IllegalArgumentException("'agent.web_allow_hosts' must be a list of strings");
    }
    JsonNode address = agent.path("web_addr");
    if (address.isBoolean() && !address.booleanValue()) {
      return WebInterface.off();
    }
    return WebInterface.at(
        address.isMissingNode() ? WebAddress.DEFAULT : WebAddress.parse(address.asText()), hosts);
  }

  private static List<AgentEndpoint> endpoints(JsonNode list) {
    List<AgentEndpoint> endpoints = new ArrayList<>();
    // A key without a value is read as an empty text.
    boolean empty = list.isTextual() && list.textValue().isEmpty();
    if (list.isMissingNode() || list.isNull() || empty) {
      return endpoints;
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException("'endpoints' must be a list");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      AgentEndpoint endpoint = AgentEndpoint.read(list.get(i), "endpoints[" + i + "].");
      if (!names.add(endpoint.name())) {
        throw new IllegalArgumentException(
            "'endpoints[" + i + "].name' is not unique: " + endpoint.name());
      }
      endpoints.add(endpoint);
    }
    return endpoints;
  }
}
