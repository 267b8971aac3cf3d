package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * For about how long somebody waits for the budget. The estimate is coarse, and it is told from a
 * moment on, so that it stays true while time passes.
 *
 * @param since the moment from which the estimate counts
 * @param about the estimate, one of a few round values
 */
record Promise(Instant since, Duration about) {
  private static final List<Duration> ROUND =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(4),
          Duration.ofMinutes(5),
          Duration.ofMinutes(7),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofMinutes(45),
          Duration.ofHours(1));

  /** What an estimate may be wrong by, however short it is. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  /** A new promise. */
  static Promise of(Instant now, Duration estimate) {
    return new Promise(now.truncatedTo(ChronoUnit.SECONDS), round(estimate));
  }

  /** The round value that is wrong by the smallest factor; hours are not divided. */
  private static Duration round(Duration estimate) {
    if (estimate.compareTo(Duration.ofMinutes(90)) >= 0) {
      return Duration.ofHours(estimate.plusMinutes(30).toHours());
    }
    double seconds = Math.max(1, estimate.toSeconds());
    return ROUND.stream()
        .min(Comparator.comparingDouble(value -> Math.abs(Math.log(value.toSeconds() / seconds))))
        .orElseThrow();
  }

  /**
   * Whether this is still about right: not wrong by more than a factor of two. If the wait ends
   * early, the whole wait counts, as whoever reads the promise counts it. If it ends late, what is
   * left of it counts, so that nobody reads a promise that is long over.
   *
   * @param estimate how long the wait lasts from now on
   */
  boolean holds(Instant now, Duration estimate) {
    Duration left = Duration.between(now, since.plus(about));
    Duration told = left.isNegative() ? Duration.ZERO : left;
    Duration whole = Duration.between(since, now).plus(estimate);
    return isAbout(about, whole) && isAbout(estimate, told);
  }

  private static boolean isAbout(Duration one, Duration other) {
    return one.compareTo(other.multipliedBy(2).plus(SLACK)) <= 0;
  }

  /** The promise as a sentence for the status. */
  String text() {
    return "It waits for the request budget of this ngrok account, for about "
        + span()
        + " from "
        + since
        + " on.";
  }

  private String span() {
    if (about.compareTo(Duration.ofMinutes(1)) < 0) {
      return about.toSeconds() + " seconds";
    }
    if (about.compareTo(Duration.ofHours(1)) < 0) {
      return counted(about.toMinutes(), "minute");
    }
    return counted(about.toHours(), "hour");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
