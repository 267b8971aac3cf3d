package dev.clinicnet.operator.claim;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules in the access-control list of an authtoken. The operator writes {@code bind:} and a
 * host. Others also write a scheme and a port, such as {@code bind:tcp://host.internal:22}.
 */
public final class BindRule {
  private static final String BIND = "bind:";
  private static final String ALL = "*";

  /** Public addresses have a port of their own. A port of any other name says nothing about it. */
  private static final Pattern VALUE =
      Pattern.compile("(?:(?<scheme>[a-z][a-z0-9+]*)://)?(?<host>[^/:]+)(?<port>:[0-9]+)?(?:/.*)?");

  private BindRule() {}

  /** The rule for a host, or for all hosts under a wildcard. */
  public static String of(String host) {
    return BIND + host;
  }

  /** Whether a rule permits agents to bind something. Rules of SSH keys do not. */
  public static boolean isBind(String rule) {
    return rule.equals(ALL) || rule.startsWith(BIND);
  }

  /**
   * The name that a rule permits: a host, a wildcard, {@code *} for every name, or a public TCP
   * address with its port. A scheme counts as any scheme, because the name is what clinics hold.
   *
   * @param rule a rule in any form
   */
  public static String name(String rule) {
    String value =
        (rule.startsWith(BIND) ? rule.substring(BIND.length()) : rule).toLowerCase(Locale.ROOT);
    Matcher parts = VALUE.matcher(value);
    if (!parts.matches()) {
      return value;
    }
    String host = parts.group("host");
    String port = Optional.ofNullable(parts.group("port")).orElse("");
    boolean isAddress =
        (parts.group("scheme") == null || parts.group("scheme").equals("tcp"))
            && !host.equals(ALL)
            && !isInternal(host);
    return isAddress ? host + port : host;
  }

  private static boolean isInternal(String host) {
    return host.equals("internal") || host.endsWith(".internal");
  }
}
