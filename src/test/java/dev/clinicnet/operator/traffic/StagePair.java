package dev.clinicnet.operator.traffic;

import java.util.List;
import java.util.Optional;

/**
 * Two neighbours in the order that {@code docs/access.md} promises.
 *
 * @param first the number of the first one, from 1 as there
 */
record StagePair(int first) {
  /** The stages as the document numbers them. */
  static final List<String> STAGES =
      List.of(
          "addresses",
          "TLS",
          "rate",
          "paths",
          "authentication",
          "authorisation",
          "raw rules",
          "forward",
          "denial");

  StagePair {
    if (first < 1 || first >= STAGES.size()) {
      throw new IllegalArgumentException("there is no pair of stages " + first);
    }
  }

  /** Reads the form of the table, {@code 1/2}; empty for an empty text. */
  static Optional<StagePair> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[1-8]/[2-9]") || text.charAt(2) != text.charAt(0) + 1) {
      throw new IllegalArgumentException(text + " is no pair of neighbours");
    }
    return Optional.of(new StagePair(text.charAt(0) - '0'));
  }

  @Override
  public String toString() {
    return "%d/%d (%s, %s)".formatted(first, first + 1, STAGES.get(first - 1), STAGES.get(first));
  }
}
