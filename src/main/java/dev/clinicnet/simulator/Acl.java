package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ACL of a credential, as documented: rules are {@code *} or {@code bind:} with a domain, an
 * address or a label; any match permits; an empty list permits everything. In public use, a scheme
 * and a port may be added. It is an assumption that they must then match, and that a leading
 * wildcard covers any depth below it, as for endpoints.
 */
record Acl(List<String> rules) {
  private static final String BIND = "bind:";
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*|(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)");
  private static final Pattern ADDRESS = Pattern.compile("(\\*\\.)?[a-z0-9.-]+:[0-9]{1,5}");
  private static final Pattern SCHEME = Pattern.compile("^(https?|tcp|tls)://");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
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

  /** Whether an agent may bind a URL other than a public tcp address. */
  boolean permitsName(EndpointUrl url) {
    return isOpen()
        || rules.stream()
            .map(Acl::value)
            .filter(value -> fits(value, url))
            .anyMatch(value -> covers(host(value), url.host()));
  }

  /** Whether an agent may bind a public tcp address. */
  boolean permitsAddress(String hostport) {
    return isOpen()
        || rules.stream()
            .map(Acl::value)
            .map(value -> value.startsWith("tcp://") ? value.substring(6) : value)
            .anyMatch(value -> value.equals("*") || value.equals(hostport));
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
    String value = SCHEME.matcher(value(rule)).replaceFirst("");
    return DOMAIN.matcher(value).matches()
        || ADDRESS.matcher(value).matches()
        || LABEL.matcher(value).matches();
  }

  private static String value(String rule) {
    return rule.startsWith(BIND) ? rule.substring(BIND.length()).toLowerCase(Locale.ROOT) : "";
  }

  /** Whether scheme and port of a rule, if it has them, are those of the URL. */
  private static boolean fits(String value, EndpointUrl url) {
    Matcher scheme = SCHEME.matcher(value);
    Matcher port = PORT.matcher(value);
    return (!scheme.find() || scheme.group(1).equals(url.scheme()))
        && (!port.find() || Integer.parseInt(port.group().substring(1)) == url.port());
  }

  private static String host(String value) {
    return PORT.matcher(SCHEME.matcher(value).replaceFirst("")).replaceFirst("");
  }

  private static boolean covers(String value, String host) {
    if (value.equals("*") || value.equals(host)) {
      return true;
    }
    return value.startsWith("*.") && host.endsWith(value.substring(1));
  }
}
