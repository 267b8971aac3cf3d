package dev.clinicnet.operator.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of addresses. {@code address} is canonical: dotted for IPv4, lower case and shortest
 * (RFC 5952) for IPv6, without host bits.
 */
public record Cidr(String address, int prefix) {

  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  static final Cidr ALL_IPV4 = new Cidr("0.0.0.0", 0);
  static final Cidr ALL_IPV6 = new Cidr("::", 0);

  /**
   * Reads a network. Host bits are refused, not cleared: {@code 203.0.113.7/24} may mean one
   * address or 256, and the wrong guess would admit clients.
   */
  public static Cidr parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw refusal(text, "is not a network; write it as 203.0.113.0/24 or 2001:db8::/32");
    }
    byte[] bits = bits(text, form.group(1));
    int prefix = Integer.parseInt(form.group(2));
    if (prefix > bits.length * 8) {
      throw refusal(text, "has a prefix longer than /" + bits.length * 8);
    }
    Cidr network = new Cidr(text(cleared(bits, prefix)), prefix);
    if (!text(bits).equals(network.address)) {
      throw refusal(
          text,
          "has bits set after the prefix; write the network %s, or %s/%d for the one address"
              .formatted(network, text(bits), bits.length * 8));
    }
    return network;
  }

  /** Whether this is a network of IPv6 addresses. */
  public boolean isIPv6() {
    return address.indexOf(':') >= 0;
  }

  /** Whether every address of another network is one of this network. */
  public boolean contains(Cidr other) {
    return isIPv6() == other.isIPv6()
        && prefix <= other.prefix
        && text(cleared(bits(other.address, other.address), prefix)).equals(address);
  }

  /** The form that ngrok takes. */
  @Override
  public String toString() {
    return address + "/" + prefix;
  }

  /**
   * The network of one address, with its full prefix; empty for a text that is not a plain address.
   */
  public static Optional<String> ofAddress(String text) {
    String prefix = text.contains(":") ? "/128" : "/32";
    try {
      return text.contains("/") ? Optional.empty() : Optional.of(parse(text + prefix).toString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bits(String text, String address) {
    boolean hasColon = address.indexOf(':') >= 0;
    if (!hasColon && !IPV4.matcher(address).matches()) {
      throw refusal(text, "is not an IPv4 network; write it as 203.0.113.0/24");
    }
    try {
      // No name server is asked: a text of this form is read as an address, or refused.
      byte[] bits = InetAddress.getByName(hasColon ? "[" + address + "]" : address).getAddress();
      if (hasColon && bits.length == 4) {
        throw refusal(text, "is an IPv4 network in IPv6 form; write it as IPv4");
      }
      return bits;
    } catch (UnknownHostException e) {
      throw refusal(text, "is not a network; write it as 203.0.113.0/24 or 2001:db8::/32");
    }
  }

  private static byte[] cleared(byte[] bits, int prefix) {
    byte[] cleared = bits.clone();
    for (int i = 0; i < bits.length; i++) {
      int kept = Math.min(8, Math.max(0, prefix - i * 8));
      cleared[i] = (byte) (bits[i] & (0xff << (8 - kept)));
    }
    return cleared;
  }

  private static String text(byte[] bits) {
    if (bits.length == 4) {
      return "%d.%d.%d.%d".formatted(bits[0] & 255, bits[1] & 255, bits[2] & 255, bits[3] & 255);
    }
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < bits.length; i += 2) {
      groups.append(i == 0 ? "" : ":");
      groups.append(Integer.toHexString((bits[i] & 255) << 8 | (bits[i + 1] & 255)));
    }
    return shortest(groups.toString());
  }

  /** The first of the longest runs of two or more zero groups becomes {@code ::}. */
  private static String shortest(String groups) {
    for (int zeros = 8; zeros >= 2; zeros--) {
      Matcher run = Pattern.compile("(^|:)0(?::0){%d}(:|$)".formatted(zeros - 1)).matcher(groups);
      if (run.find()) {
        return groups.substring(0, run.start()) + "::" + groups.substring(run.end());
      }
    }
    return groups;
  }

  private static IllegalArgumentException refusal(String text, String why) {
    return new IllegalArgumentException("\"" + text + "\" " + why);
  }
}
