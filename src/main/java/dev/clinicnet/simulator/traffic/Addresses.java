package dev.clinicnet.simulator.traffic;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of addresses for policies and upstreams: that of RFC 5952, without a zone. */
public final class Addresses {
  private static final int IPV6_GROUPS = 8;

  private Addresses() {}

  /** The address without its port. */
  static String text(InetSocketAddress address) {
    return text(address.getAddress());
  }

  /** An address. */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet4Address ? bare : shortest(bare);
  }

  /** The first of the longest runs of two or more zero groups becomes {@code ::}. */
  private static String shortest(String groups) {
    for (int zeros = IPV6_GROUPS; zeros > 1; zeros--) {
      Matcher run = Pattern.compile("(^|:)0(:0){" + (zeros - 1) + "}(:|$)").matcher(groups);
      if (run.find()) {
        return groups.substring(0, run.start()) + "::" + groups.substring(run.end());
      }
    }
    return groups;
  }
}
