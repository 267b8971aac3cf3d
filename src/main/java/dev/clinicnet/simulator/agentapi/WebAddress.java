package dev.clinicnet.simulator.agentapi;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which an agent serves its API on the machine of its site ({@code web_addr}).
 *
 * @param host as in a URL, in lower case; empty: all addresses of the machine
 */
public record WebAddress(String host, int port) {
  /** The documented default. */
  public static final WebAddress DEFAULT = new WebAddress("127.0.0.1", 4040);

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]*):([0-9]{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  private static final Set<String> ALL = Set.of("", "0.0.0.0", "[::]");
  private static final int MAX_PORT = 65535;

  /**
   * Reads host and port.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static WebAddress parse(String text) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
      throw new IllegalArgumentException(
          "'agent.web_addr' must be host:port, such as 127.0.0.1:4040, or false");
    }
    return new WebAddress(parts.group(1), Integer.parseInt(parts.group(2)));
  }

  /** Whether only the machine itself can reach it. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /** The host and port by which the agent itself reaches it, as in {@code upstream.url}. */
  public Set<String> names() {
    String suffix = ":" + port;
    if (ALL.contains(host)) {
      return Set.of("localhost" + suffix, "127.0.0.1" + suffix, "[::1]" + suffix);
    }
    return switch (host) {
      case "localhost", "127.0.0.1" -> Set.of("localhost" + suffix, "127.0.0.1" + suffix);
      case "[::1]" -> Set.of("localhost" + suffix, "[::1]" + suffix);
      default -> Set.of(host + suffix);
    };
  }
}
