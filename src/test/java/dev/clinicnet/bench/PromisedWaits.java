package dev.clinicnet.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * What the statuses say about waits for the request budget, beside how long the objects really took
 * to become ready. The first estimate of each object counts.
 */
final class PromisedWaits {
  private static final Pattern TEXT =
      Pattern.compile(
          "waits for the request budget of this ngrok account, for about (\\d+) (second|minute|hour)s?"
              + " from (\\S+) on");

  /** The least wait that counts. A shorter one is wrong by more than its own length at once. */
  private static final Duration SHORT = Duration.ofSeconds(20);

  private final Clock clock;
  private final Map<String, Promised> promised = new ConcurrentHashMap<>();
  private final Map<String, Double> factors = new ConcurrentHashMap<>();

  private record Promised(Instant since, Duration about) {}

  /**
   * None yet.
   *
   * @param clock the account's time
   */
  PromisedWaits(Clock clock) {
    this.clock = clock;
  }

  /** An object has this message in its status while it is not ready. */
  void said(String key, String message) {
    parse(message).ifPresent(told -> promised.putIfAbsent(key, told));
  }

  private static Optional<Promised> parse(String message) {
    Matcher text = TEXT.matcher(message);
    if (!text.find()) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.group(1));
    Duration about =
        switch (text.group(2)) {
          case "second" -> Duration.ofSeconds(number);
          case "minute" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return Optional.of(new Promised(Instant.parse(text.group(3)), about));
  }

  /** Whether a message promises a wait that would be over even if it lasted twice as long. */
  static boolean isLongOver(String message, Instant now) {
    return parse(message)
        .filter(told -> now.isAfter(told.since().plus(told.about().multipliedBy(2)).plus(SHORT)))
        .isPresent();
  }

  /** An object is ready now. */
  void ready(String key) {
    Promised told = promised.remove(key);
    if (told == null) {
      return;
    }
    Duration real = Duration.between(told.since(), clock.instant());
    if (real.compareTo(SHORT) >= 0 || told.about().compareTo(SHORT) >= 0) {
      double factor = 1.0 * Math.max(1, real.toMillis()) / told.about().toMillis();
      factors.put(key, Math.max(factor, 1 / factor));
    }
  }

  /** By which factor each promise was wrong: at least 1. */
  DoubleStream factors() {
    return factors.values().stream().mapToDouble(Double::doubleValue);
  }

  /** Adds how wrong the promises were, if there were any. */
  void into(Figures figures) {
    long samples = factors().count();
    figures.put("promises", "waits of 20 s and more that a status promised", (double) samples);
    if (samples > 0) {
      Percentiles wrong = Percentiles.of(factors());
      figures.put("promises", "median of the factor between promise and wait", wrong.at(50));
      figures.put("promises", "p90 of the factor between promise and wait", wrong.at(90));
    }
  }
}
