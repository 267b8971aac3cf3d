package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How many pages of a list are read in a minute. */
final class ListPace {
  /** A page that is asked for so long after the last one belongs to the next list. */
  private static final Duration GAP = Duration.ofSeconds(15);

  private ListPace() {}

  /**
   * The pages in a minute, from the begin of the first list to that of the last one, rounded to
   * hundredths. Zero if there are fewer than two lists.
   *
   * @param entries the entries of the simulator's log
   */
  static double of(String path, List<JsonNode> entries) {
    List<Instant> pages =
        entries.stream()
            .filter(entry -> entry.path("method").asText().equals("GET"))
            .filter(entry -> entry.path("path").asText().equals(path))
            .map(entry -> Instant.parse(entry.path("at").asText()))
            .sorted()
            .toList();
    int last = 0;
    for (int i = 1; i < pages.size(); i++) {
      if (Duration.between(pages.get(i - 1), pages.get(i)).compareTo(GAP) > 0) {
        last = i;
      }
    }
    if (last == 0) {
      return 0;
    }
    double minutes = Duration.between(pages.get(0), pages.get(last)).toMillis() / 60e3;
    return Math.round(100 * last / minutes) / 100.0;
  }
}
