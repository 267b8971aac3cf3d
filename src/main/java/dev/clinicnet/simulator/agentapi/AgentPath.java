package dev.clinicnet.simulator.agentapi;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The path of a request to an agent. Escapes, dot segments and empty segments are resolved. It is
 * not documented how the agent reads them, and a path filter in front of the agent must not depend
 * on it.
 *
 * @param segments without escapes
 */
public record AgentPath(List<String> segments) {
  private static final String API = "api";

  /** Reads a request's target: a path with its query, or a URL. */
  static AgentPath of(String target) {
    String path = target.replaceFirst("^[a-zA-Z]+://[^/?#]*", "").replaceFirst("[?#].*", "");
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : decoded(path).split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return new AgentPath(List.copyOf(segments));
  }

  /** Whether the path belongs to the API. Other paths belong to the web interface for people. */
  public boolean isAPI() {
    return !segments.isEmpty() && segments.get(0).equals(API);
  }

  /** The part after {@code /api}, such as {@code /endpoints/web}. */
  public String below() {
    return segments.size() == 1 ? "/" : text(segments.subList(1, segments.size()));
  }

  /** The same part with {@code {id}} in place of a name. */
  public String pattern() {
    String path = below();
    return path.replaceFirst("^(/endpoints|/tunnels|/requests/http)/[^/]+$", "$1/{id}");
  }

  /** The last segment. */
  String name() {
    return segments.get(segments.size() - 1);
  }

  /** A name as one segment. */
  static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text(segments);
  }

  private static String text(List<String> segments) {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append('/').append(segment));
    return text.toString();
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
