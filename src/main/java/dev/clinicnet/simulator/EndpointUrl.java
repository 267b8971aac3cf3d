package dev.clinicnet.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The URL of an endpoint in parts, normalised as the platform does (observed): lower case, without
 * a default port.
 *
 * @param port the port, 0 if none is given and none can be inferred
 */
record EndpointUrl(String scheme, String host, int port) {
  private static final List<String> SCHEMES = List.of("http", "https", "tcp", "tls");
  private static final int MAX_PORT = 65535;
  private static final int MAX_HOST = 253;

  /**
   * Why a URL cannot be that of an endpoint. Cloud and agent endpoints have different codes for it.
   */
  enum Problem {
    UNPARSABLE,
    SCHEME,
    SHAPE,
    PORT
  }

  /** A URL that cannot be that of an endpoint. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final Problem problem;

    Malformed(Problem problem, String msg) {
      super(msg);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  static EndpointUrl parse(String text) throws Malformed {
    URI uri = uri(text.strip());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new Malformed(Problem.SCHEME, scheme);
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      throw new Malformed(Problem.UNPARSABLE, text);
    }
    boolean more =
        uri.getRawQuery() != null || uri.getRawFragment() != null || !uri.getRawPath().isEmpty();
    if (more || authority.contains("@")) {
      throw new Malformed(Problem.SHAPE, "only scheme, host and port are allowed");
    }
    int colon = authority.lastIndexOf(':');
    String host = DomainName.normalise(colon < 0 ? authority : authority.substring(0, colon));
    int port = colon < 0 ? defaultPort(scheme) : port(authority.substring(colon + 1));
    if (port == 0) {
      throw new Malformed(Problem.PORT, text);
    }
    checkHost(host);
    return new EndpointUrl(scheme, host, port);
  }

  boolean isInternal() {
    return host.endsWith(".internal");
  }

  boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  boolean isWildcard() {
    return host.startsWith("*.");
  }

  int labels() {
    return host.split("\\.", -1).length;
  }

  String hostport() {
    return host + ":" + port;
  }

  /** The normalised text. */
  String text() {
    return scheme + "://" + (port == defaultPort(scheme) ? host : hostport());
  }

  /** The only port that a public endpoint of this scheme may have, 0 for any (documented). */
  int publicPort() {
    return defaultPort(scheme);
  }

  private static URI uri(String text) throws Malformed {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Malformed(Problem.UNPARSABLE, text);
    }
  }

  private static int port(String text) throws Malformed {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // The refusal is the same as for a number that is not a port.
    }
    throw new Malformed(Problem.PORT, text);
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https", "tls" -> 443;
      default -> 0;
    };
  }

  private static void checkHost(String host) throws Malformed {
    List<String> labels = Arrays.asList(host.split("\\.", -1));
    boolean bad = host.length() > MAX_HOST;
    for (int i = 0; i < labels.size(); i++) {
      boolean wildcard = i == 0 && labels.size() > 1 && labels.get(i).equals("*");
      bad |= !wildcard && !DomainName.isLabel(labels.get(i));
    }
    if (bad) {
      throw new Malformed(Problem.SHAPE, "'" + host + "' is not a host name");
    }
  }
}
