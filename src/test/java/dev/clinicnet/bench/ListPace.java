package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Integer> begins = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (i == 0 || Duration.between(pages.get(i - 1), pages.get(i)).compareTo(GAP) > 0) {
        begins.add(i);
      }
    }
    if (begins.size() < 2) {
      return 0;
    }
    int last = begins.get(begins.size() - 1);
    double minutes = Duration.between(pages.get(0), pages.get(last)).toMillis() / 60e3;
    return Math.round(100 * last / minutes) / 100.0;
  }
}
