package dev.clinicnet.operator.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The keys of format version 3 as documented, and the kind of value of each. */
final class ConfigFormat {

  private static final Map<String, ValueKind> TOP =
      Map.of(
          "version", ValueKind.TEXT_OR_NUMBER, "agent", ValueKind.MAP, "endpoints", ValueKind.LIST);

  private static final Map<String, ValueKind> AGENT =
      Map.ofEntries(
          Map.entry("authtoken", ValueKind.TEXT),
          Map.entry("api_key", ValueKind.TEXT),
          Map.entry("connect_url", ValueKind.TEXT),
          Map.entry("connect_cas", ValueKind.TEXT),
          Map.entry("connect_timeout", ValueKind.TEXT),
          Map.entry("connect_interface", ValueKind.TEXT),
          Map.entry("heartbeat_interval", ValueKind.TEXT),
          Map.entry("heartbeat_tolerance", ValueKind.TEXT),
          Map.entry("dns_resolver_ips", ValueKind.TEXTS),
          Map.entry("crl_noverify", ValueKind.FLAG),
          Map.entry("crl_url", ValueKind.TEXT),
          Map.entry("proxy_url", ValueKind.TEXT),
          Map.entry("metadata", ValueKind.TEXT),
          Map.entry("remote_management", ValueKind.FLAG),
          Map.entry("log", ValueKind.TEXT_OR_FALSE),
          Map.entry("log_level", ValueKind.TEXT),
          Map.entry("log_format", ValueKind.TEXT),
          Map.entry("console_ui", ValueKind.TEXT_OR_FLAG),
          Map.entry("console_ui_color", ValueKind.TEXT),
          Map.entry("inspect_db_size", ValueKind.NUMBER),
          Map.entry("update_check", ValueKind.FLAG),
          Map.entry("update_channel", ValueKind.TEXT),
          Map.entry("web_addr", ValueKind.TEXT_OR_FALSE),
          Map.entry("web_allow_hosts", ValueKind.TEXTS));

  private static final Map<String, ValueKind> ENDPOINT =
      Map.ofEntries(
          Map.entry("name", ValueKind.TEXT),
          Map.entry("url", ValueKind.TEXT),
          Map.entry("upstream", ValueKind.MAP),
          Map.entry("bindings", ValueKind.TEXTS),
          Map.entry("metadata", ValueKind.TEXT),
          Map.entry("description", ValueKind.TEXT),
          Map.entry("traffic_policy", ValueKind.MAP),
          Map.entry("pooling_enabled", ValueKind.FLAG),
          Map.entry("agent_tls_termination", ValueKind.MAP));

  private static final Map<String, ValueKind> UPSTREAM =
      Map.of(
          "url",
          ValueKind.TEXT,
          "protocol",
          ValueKind.TEXT,
          "proxy_protocol",
          ValueKind.TEXT_OR_NUMBER);

  private static final Map<String, ValueKind> TLS =
      Map.of(
          "server_certificate", ValueKind.TEXT,
          "server_private_key", ValueKind.TEXT,
          "mutual_tls_certificate_authorities", ValueKind.TEXTS);

  private static final Map<String, ValueKind> POLICY =
      Map.of(
          "on_tcp_connect",
          ValueKind.LIST,
          "on_http_request",
          ValueKind.LIST,
          "on_http_response",
          ValueKind.LIST);

  private static final Map<String, ValueKind> RULE =
      Map.of("name", ValueKind.TEXT, "expressions", ValueKind.TEXTS, "actions", ValueKind.LIST);

  private static final Map<String, ValueKind> ACTION =
      Map.of("type", ValueKind.TEXT, "config", ValueKind.MAP);

  private ConfigFormat() {}

  /**
   * Refuses the first key or value that the format does not have. The message names keys and never
   * values, because a value may be a token.
   */
  static void check(JsonNode file) {
    check("", file, TOP, Set.of("version", "agent"));
    if (!file.get("version").asText().equals(String.valueOf(ConfigTree.VERSION))) {
      throw refusal("version", "must be 3; run `ngrok config upgrade` on older files");
    }
    check("agent", file.get("agent"), AGENT, Set.of());
    each("endpoints", file.path("endpoints"), ConfigFormat::endpoint);
  }

  private static void endpoint(String at, JsonNode endpoint) {
    check(at, endpoint, ENDPOINT, Set.of("name", "upstream"));
    check(at + ".upstream", endpoint.get("upstream"), UPSTREAM, Set.of("url"));
    if (endpoint.has("agent_tls_termination")) {
      check(at + ".agent_tls_termination", endpoint.get("agent_tls_termination"), TLS, Set.of());
    }
    if (endpoint.has("traffic_policy")) {
      policy(at + ".traffic_policy", endpoint.get("traffic_policy"));
    }
  }

  private static void policy(String at, JsonNode policy) {
    check(at, policy, POLICY, Set.of());
    policy
        .fieldNames()
        .forEachRemaining(phase -> each(at + "." + phase, policy.get(phase), ConfigFormat::rule));
  }

  private static void rule(String at, JsonNode rule) {
    check(at, rule, RULE, Set.of("actions"));
    each(
        at + ".actions",
        rule.get("actions"),
        (place, action) -> check(place, action, ACTION, Set.of("type")));
  }

  private static void each(String at, JsonNode list, BiConsumer<String, JsonNode> check) {
    for (int i = 0; i < list.size(); i++) {
      check.accept(at + "[" + i + "]", list.get(i));
    }
  }

  private static void check(
      String at, JsonNode map, Map<String, ValueKind> keys, Set<String> required) {
    if (!map.isObject()) {
      throw refusal(at.isEmpty() ? "the file" : at, "must be a map");
    }
    map.properties()
        .forEach(
            entry -> {
              String path = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
              ValueKind kind = keys.get(entry.getKey());
              if (kind == null) {
                throw refusal(path, "is not a key of format version 3");
              }
              if (!kind.admits(entry.getValue())) {
                throw refusal(path, "must be " + kind.words());
              }
            });
    for (String key : required.stream().sorted().toList()) {
      if (!map.has(key)) {
        throw refusal(at.isEmpty() ? key : at + "." + key, "is missing");
      }
    }
  }

  private static IllegalArgumentException refusal(String path, String why) {
    return new IllegalArgumentException(path + " " + why);
  }
}
