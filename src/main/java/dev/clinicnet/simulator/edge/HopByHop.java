package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;

/** The header fields that are for one connection alone (RFC 9110, section 7.6.1). */
final class HopByHop {
  private static final List<String> FIELDS =
      List.of(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  private HopByHop() {}

  /** All other fields of a message. */
  static Headers without(MessageHeaders message) {
    Set<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    removed.addAll(FIELDS);
    removed.addAll(tokens(message, "Connection"));
    Headers headers = new Headers();
    for (Header each : message.getHeaders()) {
      if (!removed.contains(each.getName())) {
        headers.add(each.getName(), each.getValue() == null ? "" : each.getValue());
      }
    }
    return headers;
  }

  /** Whether a field belongs to the connection and must not be passed on. */
  static boolean isOne(String name) {
    return FIELDS.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** The values of a list, in lower case. */
  static List<String> tokens(MessageHeaders message, String name) {
    return Arrays.stream(message.getHeaders(name))
        .filter(header -> header.getValue() != null)
        .flatMap(header -> Arrays.stream(header.getValue().split(",", -1)))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }
}
