package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Checks the config of one policy action. */
final class PolicyConfigCheck {
  private static final Set<String> PROVIDERS =
      Set.of("amazon", "facebook", "github", "gitlab", "google", "linkedin", "microsoft", "twitch");
  private static final Set<String> ON_ERROR = Set.of("halt", "continue");
  private static final Set<String> STRATEGIES =
      Set.of("require-and-verify", "require-any", "request");
  private static final Set<String> TLS_VERSIONS = Set.of("1.2", "1.3");
  private static final Pattern RATE = Pattern.compile("([0-9]+(s|m|h))+");
  private static final int MAX_CREDENTIALS = 10;
  private static final int MAX_CAPACITY = 2_000_000_000;
  private static final int MAX_HEADERS = 10;

  private final Predicate<String> ipPolicyExists;

  PolicyConfigCheck(Predicate<String> ipPolicyExists) {
    this.ipPolicyExists = ipPolicyExists;
  }

  void check(PolicyAction action, JsonNode config, String phase) {
    if (!config.isMissingNode() && !config.isNull() && !config.isObject()) {
      throw SimulatorError.POLICY_CONFIG.with(action.type(), "config must be a map");
    }
    config
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!action.required().contains(name) && !action.optional().contains(name)) {
                throw SimulatorError.POLICY_CONFIG.with(action.type(), "unknown field " + name);
              }
            });
    for (String name : action.required()) {
      if (!config.hasNonNull(name)) {
        throw SimulatorError.POLICY_CONFIG.with(action.type(), "missing field " + name);
      }
    }
    PolicyTemplates.check(config);
    switch (action.type()) {
      case "forward-internal" -> forward(action, config, phase);
      case "restrict-ips" -> restrictIps(action, config);
      case "terminate-tls" -> terminateTls(action, config);
      case "oauth" -> oauth(action, config);
      case "openid-connect" -> together(action, config, "client_id", "client_secret");
      case "basic-auth" -> basicAuth(action, config);
      case "rate-limit" -> rateLimit(action, config);
      case "deny" -> status(action, config, 400, 599);
      case "custom-response" -> {
        status(action, config, 100, 599);
        entries("headers", config.path("headers"), MAX_HEADERS);
      }
      case "set-vars" -> vars(action, config);
      case "redirect" -> status(action, config, 300, 399);
      case "add-headers", "remove-headers" -> headers(action, config);
      default -> {
        // Only the names of the fields are checked.
      }
    }
  }

  private static void forward(PolicyAction action, JsonNode config, String phase) {
    String text = requireText(action, config, "url");
    oneOf(action, config, "on_error", ON_ERROR);
    if (text.contains("${")) {
      return;
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "url");
    }
    boolean http = phase.equals(PolicyAction.REQUEST);
    List<String> family = http ? List.of("http", "https") : List.of("tcp", "tls");
    boolean internal = uri.getHost() != null && uri.getHost().endsWith(".internal");
    boolean port = !"tcp".equals(uri.getScheme()) || uri.getPort() > 0;
    if (!family.contains(String.valueOf(uri.getScheme())) || !internal || !port) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "url");
    }
  }

  private void restrictIps(PolicyAction action, JsonNode config) {
    if (config.hasNonNull("enforce") && !config.get("enforce").isBoolean()) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "enforce");
    }
    for (String name : List.of("allow", "deny")) {
      for (JsonNode entry : requireList(action, config, name)) {
        String text = entry.asText();
        if (!text.contains("${") && !Cidr.isValid(text)) {
          throw SimulatorError.POLICY_CIDR.with(text);
        }
      }
    }
    for (JsonNode entry : requireList(action, config, "ip_policies")) {
      if (!ipPolicyExists.test(entry.asText())) {
        throw SimulatorError.POLICY_IP_POLICY.with(entry.asText());
      }
    }
  }

  private static void terminateTls(PolicyAction action, JsonNode config) {
    together(action, config, "server_certificate", "server_private_key");
    oneOf(action, config, "mutual_tls_verification_strategy", STRATEGIES);
    oneOf(action, config, "min_version", TLS_VERSIONS);
    oneOf(action, config, "max_version", TLS_VERSIONS);
    for (JsonNode entry : requireList(action, config, "mutual_tls_certificate_authorities")) {
      String text = entry.asText().strip();
      if (!text.startsWith("ca_") && !text.contains("-----BEGIN CERTIFICATE-----")) {
        throw SimulatorError.POLICY_VALUE.with(action.type(), "mutual_tls_certificate_authorities");
      }
    }
  }

  private static void oauth(PolicyAction action, JsonNode config) {
    oneOf(action, config, "provider", PROVIDERS);
    together(action, config, "client_id", "client_secret");
  }

  private static void basicAuth(PolicyAction action, JsonNode config) {
    JsonNode credentials = requireList(action, config, "credentials");
    entries("credentials", credentials, MAX_CREDENTIALS);
    for (JsonNode entry : credentials) {
      if (PolicyTemplates.isWhole(entry.asText())) {
        // Its value is known only on a request (documented).
        continue;
      }
      int colon = entry.asText().indexOf(':');
      int length = entry.asText().length() - colon - 1;
      // The entry is not quoted, because it is a password.
      if (colon < 1 || ((length < 8 || length > 128) && !entry.asText().contains("${"))) {
        throw SimulatorError.POLICY_VALUE.with(action.type(), "credentials");
      }
    }
  }

  private static void rateLimit(PolicyAction action, JsonNode config) {
    oneOf(action, config, "algorithm", Set.of("sliding_window"));
    range(action, config, "capacity", 1, MAX_CAPACITY);
    if (!RATE.matcher(config.get("rate").asText()).matches()) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "rate");
    }
    JsonNode keys = requireList(action, config, "bucket_key");
    entries("bucket_key", keys, 10);
    for (JsonNode key : keys) {
      String problem = key.isTextual() ? Cel.problem(key.textValue()) : "not a string";
      if (problem != null) {
        throw SimulatorError.POLICY_EXPRESSION.with(problem);
      }
    }
  }

  /** A list of maps, as documented, or one map, as public policies have it. */
  private static void vars(PolicyAction action, JsonNode config) {
    JsonNode vars = config.get("vars");
    boolean maps = vars.isObject() || vars.isArray();
    for (JsonNode entry : vars.isArray() ? vars : Json.array()) {
      maps &= entry.isObject();
    }
    if (!maps) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "vars");
    }
  }

  private static void headers(PolicyAction action, JsonNode config) {
    JsonNode headers = config.get("headers");
    boolean form = action.type().equals("add-headers") ? headers.isObject() : headers.isArray();
    if (!form || headers.isEmpty()) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), "headers");
    }
    entries("headers", headers, MAX_HEADERS);
  }

  private static void status(PolicyAction action, JsonNode config, int min, int max) {
    if (config.path("status_code").isTextual()) {
      // The text is a template, or a number in quotes. Both work (documented).
      return;
    }
    range(action, config, "status_code", min, max);
  }

  private static void range(PolicyAction action, JsonNode config, String name, int min, int max) {
    JsonNode value = config.path(name);
    if (value.isMissingNode()) {
      return;
    }
    if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
      throw SimulatorError.POLICY_RANGE.with(action.type(), name, min, max);
    }
  }

  private static void entries(String name, JsonNode values, int limit) {
    if (values.size() > limit) {
      throw SimulatorError.POLICY_ENTRIES.with(name, values.size(), limit);
    }
  }

  private static String requireText(PolicyAction action, JsonNode config, String name) {
    if (!config.get(name).isTextual()) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), name);
    }
    return config.get(name).textValue();
  }

  /** The list; missing if it is absent. */
  private static JsonNode requireList(PolicyAction action, JsonNode config, String name) {
    JsonNode list = config.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), name);
    }
    return list;
  }

  private static void oneOf(PolicyAction action, JsonNode config, String name, Set<String> values) {
    if (config.has(name) && !values.contains(config.get(name).asText())) {
      throw SimulatorError.POLICY_VALUE.with(action.type(), name);
    }
  }

  private static void together(PolicyAction action, JsonNode config, String first, String second) {
    if (config.has(first) != config.has(second)) {
      String present = config.has(first) ? first : second;
      String missing = config.has(first) ? second : first;
      throw SimulatorError.POLICY_REQUIRED_TOGETHER.with(action.type(), missing, present);
    }
  }
}
