package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Unreachable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an upstream in an agent's configuration (agent/config/v3, {@code upstream.url}).
 *
 * @param secure whether the agent uses TLS
 */
record UpstreamAddress(boolean secure, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:(https?|tcp|tls)://)?(\\[[0-9a-f:.]+]|[a-z0-9._-]*)(?::(\\d{1,5}))?/?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  /**
   * Reads a URL, host and port, a host, a scheme or a port.
   *
   * @throws Unreachable if it is none of them, or if it has no port and none can be inferred
   */
  static UpstreamAddress of(String url) throws Unreachable {
    String text = url.strip().toLowerCase(Locale.ROOT);
    if (PORT.matcher(text).matches()) {
      return new UpstreamAddress(false, "localhost", port(url, text));
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw unusable(url);
    }
    String scheme = matcher.group(1) == null ? "http" : matcher.group(1);
    boolean secure = scheme.equals("https") || scheme.equals("tls");
    String host = matcher.group(2).isEmpty() ? "localhost" : matcher.group(2);
    if (matcher.group(3) != null) {
      return new UpstreamAddress(secure, host, port(url, matcher.group(3)));
    }
    return switch (scheme) {
      case "http" -> new UpstreamAddress(false, host, 80);
      case "https" -> new UpstreamAddress(true, host, 443);
      default -> throw unusable(url);
    };
  }

  /** Host and port, as messages and the table of upstreams name them. */
  String text() {
    return host + ":" + port;
  }

  private static int port(String url, String text) throws Unreachable {
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw unusable(url);
    }
    return port;
  }

  private static Unreachable unusable(String url) {
    return new Unreachable("ERR_NGROK_8012", "the upstream %s is no address".formatted(url));
  }
}
