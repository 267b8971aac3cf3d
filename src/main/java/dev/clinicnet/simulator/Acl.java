package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The ACL of a credential, as documented: rules are {@code *} or {@code bind:} with a domain, an
 * address or a label; any match permits; an empty list permits everything. It is an assumption that
 * a leading wildcard covers any depth below it, as for endpoints.
 */
record Acl(List<String> rules) {
  private static final String BIND = "bind:";
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*|(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)");
  private static final Pattern ADDRESS = Pattern.compile("[a-z0-9.-]+:[0-9]{1,5}");
  private static final Pattern LABEL = Pattern.compile("[^=\\s:/]+=[^=\\s:/]+");

  static Acl of(JsonNode rules) {
    return new Acl(Json.strings(rules));
  }

  static void check(JsonNode rules) {
    for (String rule : Json.strings(rules)) {
      if (!isValid(rule)) {
        throw SimulatorError.ACL_SYNTAX.with(rule);
      }
    }
  }

  /** Whether an agent may bind a host, for every scheme but a public tcp address. */
  boolean permitsName(String host) {
    return isOpen() || rules.stream().anyMatch(rule -> covers(value(rule), host));
  }

  /** Whether an agent may bind a public tcp address. */
  boolean permitsAddress(String hostport) {
    return isOpen()
        || rules.stream().map(Acl::value).anyMatch(v -> v.equals("*") || v.equals(hostport));
  }

  boolean isOpen() {
    return rules.isEmpty() || rules.contains("*");
  }

  private static boolean isValid(String rule) {
    if (rule.equals("*")) {
      return true;
    }
    if (!rule.startsWith(BIND)) {
      return false;
    }
    String value = value(rule);
    return DOMAIN.matcher(value).matches()
        || ADDRESS.matcher(value).matches()
        || LABEL.matcher(value).matches();
  }

  private static String value(String rule) {
    return rule.startsWith(BIND) ? rule.substring(BIND.length()).toLowerCase(Locale.ROOT) : "";
  }

  private static boolean covers(String value, String host) {
    if (value.equals("*") || value.equals(host)) {
      return true;
    }
    return value.startsWith("*.") && host.endsWith(value.substring(1));
  }
}
