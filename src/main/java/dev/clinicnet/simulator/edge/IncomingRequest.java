package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Headers;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;

/**
 * A request's head.
 *
 * @param host without a port, in lower case
 * @param target path and query as they were sent
 * @param fields without the hop-by-hop ones and {@code Host}
 * @param expectsContinue whether the client waits before it sends the body
 * @param lasts whether the connection may be used again
 */
record IncomingRequest(
    String method,
    String host,
    String target,
    Headers fields,
    boolean expectsContinue,
    boolean lasts) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i)https?://([^/?#]*)(.*)", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("([a-z0-9_-]+(?:\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(?::\\d{0,5})?");

  /**
   * Reads it.
   *
   * @throws Refusal if it is malformed, or uses a feature that is not modelled
   */
  static IncomingRequest of(ClassicHttpRequest request) throws Refusal {
    checkSize(request);
    if (request.getMethod().equals("CONNECT")) {
      throw notModelled("CONNECT");
    }
    if (request.containsHeader("Upgrade") && !HopByHop.tokens(request, "Upgrade").isEmpty()) {
      throw notModelled("Upgrade, thus no WebSocket");
    }
    checkFraming(request);
    Matcher absolute = ABSOLUTE.matcher(request.getRequestUri());
    boolean isAbsolute = absolute.matches();
    String host = host(request, isAbsolute ? absolute.group(1) : null);
    String target = isAbsolute ? rooted(absolute.group(2)) : request.getRequestUri();
    if (!target.startsWith("/") && !(target.equals("*") && request.getMethod().equals("OPTIONS"))) {
      throw malformed("a target that is neither a path nor a URL");
    }
    List<String> connection = HopByHop.tokens(request, "Connection");
    Headers fields = HopByHop.without(request).remove("Host");
    boolean expects =
        fields.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent()
            && is11(request);
    return new IncomingRequest(
        request.getMethod(),
        host,
        target,
        fields.remove("Expect"),
        expects,
        is11(request) && !connection.contains("close"));
  }

  /** Whether HTTP/1.1, and not 1.0, is spoken. */
  static boolean is11(ClassicHttpRequest request) {
    return request.getVersion() == null || request.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
  }

  /** The path alone, for the log. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static void checkSize(ClassicHttpRequest request) throws Refusal {
    long size = (long) request.getMethod().length() + request.getRequestUri().length();
    for (Header each : request.getHeaders()) {
      size += each.getName().length() + 4L;
      size += each.getValue() == null ? 0 : each.getValue().length();
    }
    if (size > HTTPLimits.HEAD || request.getHeaders().length > HTTPLimits.FIELDS) {
      throw new Refusal(Failure.plain(431, "The request's head is too large."));
    }
  }

  /** Refuses a request whose body two servers could read with different lengths. */
  private static void checkFraming(ClassicHttpRequest request) throws Refusal {
    List<String> encodings = HopByHop.tokens(request, "Transfer-Encoding");
    if (request.containsHeader("Transfer-Encoding")
        && (request.containsHeader("Content-Length") || !encodings.equals(List.of("chunked")))) {
      throw malformed("a body whose length is not clear");
    }
    if (request.countHeaders("Content-Length") > 1) {
      throw malformed("more than one Content-Length");
    }
  }

  private static String host(ClassicHttpRequest request, String authority) throws Refusal {
    if (request.countHeaders("Host") != 1) {
      throw malformed("not one Host");
    }
    String value = authority == null ? request.getFirstHeader("Host").getValue() : authority;
    Matcher form = AUTHORITY.matcher(value == null ? "" : value.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw malformed("a Host that is none");
    }
    return form.group(1);
  }

  private static String rooted(String rest) {
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static Refusal malformed(String how) {
    return new Refusal(Failure.plain(400, "The request has %s.".formatted(how)));
  }

  private static Refusal notModelled(String what) {
    return new Refusal(Failure.plain(501, "the simulator does not model " + what));
  }
}
