package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ACL of a credential, as documented: rules are {@code *} or {@code bind:} with a domain, an
 * address or a label; any match permits; an empty list permits everything. It is an assumption that
 * a leading wildcard covers any depth below it, as for endpoints. A rule with a scheme, such as
 * {@code bind:tcp://host.internal:22}, is in public use, and permits this scheme and port only.
 */
record Acl(List<String> rules) {
  private static final String BIND = "bind:";
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*|(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)");
  private static final Pattern URL =
      Pattern.compile("(?<scheme>https?|tcp|tls)://(?<host>[^:/]+)(:(?<port>[0-9]{1,5}))?");
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
  boolean permitsName(EndpointUrl url) {
    return isOpen()
        || values().anyMatch(value -> covers(value, url.host()) || permitsURL(value, url));
  }

  /** Whether an agent may bind a public tcp address. */
  boolean permitsAddress(EndpointUrl url) {
    return isOpen()
        || values().anyMatch(v -> v.equals("*") || v.equals(url.hostport()) || permitsURL(v, url));
  }

  private Stream<String> values() {
    return rules.stream().map(Acl::value);
  }

  private static boolean permitsURL(String value, EndpointUrl url) {
    Matcher rule = URL.matcher(value);
    return rule.matches()
        && rule.group("scheme").equals(url.scheme())
        && covers(rule.group("host"), url.host())
        && (rule.group("port") == null || Integer.parseInt(rule.group("port")) == url.port());
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
    Matcher url = URL.matcher(value);
    return (url.matches() && DOMAIN.matcher(url.group("host")).matches())
        || DOMAIN.matcher(value).matches()
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
