package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operator's requests to ngrok, from the simulator's log.
 *
 * @param sent how many of each were sent, such as {@code POST endpoints}
 * @param refused how many of them met the limit of requests (429)
 * @param failed how many of them were answered with another error, such as a name that is taken
 */
record NgrokRequests(
    Map<String, Integer> sent, Map<String, Integer> refused, Map<String, Integer> failed) {
  private static final int TOO_MANY = 429;

  /** Counts entries of the simulator's log, each with a method, a path and a status. */
  static NgrokRequests count(List<JsonNode> entries) {
    NgrokRequests counted = new NgrokRequests(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (JsonNode entry : entries) {
      String request =
          entry.path("method").asText() + " " + collection(entry.path("path").asText());
      int status = entry.path("status").asInt();
      counted.sent.merge(request, 1, Integer::sum);
      if (status == TOO_MANY) {
        counted.refused.merge(request, 1, Integer::sum);
      } else if (status >= 400) {
        counted.failed.merge(request, 1, Integer::sum);
      }
    }
    return counted;
  }

  /** The first element of the path, and the operation on a session. */
  private static String collection(String path) {
    String[] parts = path.split("/", -1);
    return parts.length > 3 ? parts[1] + "/" + parts[3] : parts[1];
  }

  /** All that were sent. */
  int total() {
    return sum(sent, "");
  }

  /** The pages of lists. Nothing reads a single object. */
  int pages() {
    return sum(sent, "GET ");
  }

  /** The creations. */
  int creates() {
    return sum(sent, "POST ");
  }

  /** All that change something. */
  int writes() {
    return total() - pages();
  }

  /** All that met the limit. */
  int refusals() {
    return sum(refused, "");
  }

  /** All that failed otherwise. */
  int failures() {
    return sum(failed, "");
  }

  private static int sum(Map<String, Integer> counts, String prefix) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().startsWith(prefix))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
