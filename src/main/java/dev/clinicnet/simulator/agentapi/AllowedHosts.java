package dev.clinicnet.simulator.agentapi;

import dev.clinicnet.simulator.traffic.AddressRange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The Host headers that the API answers, which is the agent's protection against DNS rebinding. The
 * check is on if the API is bound to loopback. On other addresses, only a list ({@code
 * web_allow_hosts}) switches it on.
 *
 * @param allowed addresses, ranges, names, and suffixes that begin with a dot; localhost-like names
 *     need no entry
 */
public record AllowedHosts(boolean checked, List<String> allowed) {
  private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final AddressRange LOOPBACK_6 = AddressRange.parse("::1/128").orElseThrow();

  public AllowedHosts {
    allowed = allowed.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).toList();
  }

  /** The hosts for an agent that listens at this address. */
  public static AllowedHosts at(WebAddress address, List<String> allowed) {
    return new AllowedHosts(address.isLoopback() || !allowed.isEmpty(), allowed);
  }

  /** Whether a request with these Host headers is answered. */
  boolean admits(List<String> headers) {
    if (!checked) {
      return true;
    }
    if (headers.size() != 1) {
      return false;
    }
    String host = withoutPort(headers.get(0).strip().toLowerCase(Locale.ROOT));
    return isLocal(host) || allowed.stream().anyMatch(entry -> matches(entry, host));
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost")
        || LOOPBACK_4.matcher(host).matches()
        || LOOPBACK_6.contains(host);
  }

  private static boolean matches(String entry, String host) {
    if (entry.startsWith(".")) {
      return host.endsWith(entry) && host.length() > entry.length();
    }
    if (entry.equals(host)) {
      return true;
    }
    String range = entry.contains("/") ? entry : entry + (entry.contains(":") ? "/128" : "/32");
    return AddressRange.parse(range).map(each -> each.contains(host)).orElse(false);
  }

  /** An IPv6 address may come with or without brackets. It has more than one colon. */
  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.indexOf(':');
    return colon >= 0 && host.indexOf(':', colon + 1) < 0 ? host.substring(0, colon) : host;
  }
}
