package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Cidr;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a config as ngrok's reference asks for it, where public policies are shorter. */
final class Spelling {

  private static final String VARS = "vars";
  private static final String AUTHORITIES = "mutual_tls_certificate_authorities";

  private Spelling() {}

  /** Whether the variables of a set-vars stand in its config itself; a mistyped vars is none. */
  static boolean holdsVariables(Map<?, ?> config) {
    return !config.isEmpty()
        && config.keySet().stream()
            .noneMatch(name -> NearestName.of(String.valueOf(name), Set.of(VARS), 1).isPresent());
  }

  /** Completes a config that the check accepted. */
  static void complete(String type, Map<String, Object> config) {
    switch (type) {
      // Absent, ngrok may follow redirects: one could lead to another clinic's endpoint.
      case "http-request" -> config.putIfAbsent("max_redirects", 0);
      case "restrict-ips" -> {
        config.putIfAbsent("enforce", true);
        config.computeIfPresent("allow", (field, networks) -> networks(networks));
        config.computeIfPresent("deny", (field, networks) -> networks(networks));
      }
      case "circuit-breaker" -> config.putIfAbsent("error_threshold", 0.5);
      case "owasp-crs-request", "owasp-crs-response" -> config.putIfAbsent("on_error", "halt");
      case "basic-auth" -> config.computeIfPresent("credentials", (field, all) -> credentials(all));
      case "terminate-tls" ->
          config.computeIfPresent(
              AUTHORITIES, (field, all) -> all instanceof String ? List.of(all) : all);
      case "set-vars" -> {
        if (holdsVariables(config)) {
          Map<String, Object> variables = new LinkedHashMap<>(config);
          config.clear();
          config.put(VARS, variables);
        }
        config.computeIfPresent(VARS, (field, vars) -> variables(vars));
      }
      default -> {
        // Nothing is left out in public policies.
      }
    }
    config.computeIfPresent("headers", (field, headers) -> texts(headers));
  }

  private static Object networks(Object networks) {
    return ((List<?>) networks).stream().map(network -> network((String) network)).toList();
  }

  private static String network(String text) {
    return Interpolations.in(text) ? text : Cidr.ofAddress(text).orElse(text);
  }

  private static Object credentials(Object credentials) {
    return ((List<?>) credentials).stream().map(BasicAuthCredential::text).toList();
  }

  private static Object variables(Object variables) {
    return variables instanceof Map<?, ?> map ? single(map) : split((List<?>) variables);
  }

  private static List<Map<?, ?>> split(List<?> variables) {
    return variables.stream().flatMap(map -> single((Map<?, ?>) map).stream()).toList();
  }

  private static List<Map<?, ?>> single(Map<?, ?> map) {
    return map.entrySet().stream()
        .<Map<?, ?>>map(
            entry -> {
              Map<Object, Object> one = new LinkedHashMap<>();
              one.put(entry.getKey(), entry.getValue());
              return one;
            })
        .collect(Collectors.toList());
  }

  /** A list of names stays as it is. */
  private static Object texts(Object headers) {
    if (!(headers instanceof Map<?, ?> map)) {
      return headers;
    }
    Map<Object, Object> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }
}
