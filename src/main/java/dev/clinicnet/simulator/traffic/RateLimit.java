package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rate-limit}: a sliding window for each combination of the bucket keys' values. The
 * platform counts at each of its servers (documented); the simulator is one server.
 */
final class RateLimit implements Action {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})([smh])");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
  private static final int TOO_MANY_REQUESTS = 429;

  private final RateLimits limits;

  RateLimit(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  public Optional<Ending> run(Call call) {
    Config config = call.config();
    List<String> key = new ArrayList<>(List.of(call.run().endpoint().id()));
    key.add(config.requireText("name"));
    for (JsonNode expression : config.fields().path("bucket_key")) {
      Object value = config.evaluation().value(expression.asText(), "config.bucket_key");
      key.add(String.valueOf(value));
    }
    Optional<Duration> wait =
        limits.admit(
            List.copyOf(key),
            config.number("capacity", 0),
            length(config.requireText("rate")),
            call.run().account().clock().instant());
    call.found("rate_limit", Map.of("limited", wait.isPresent()));
    if (wait.isEmpty() || !config.flag("enforce", true)) {
      return Optional.empty();
    }
    HTTPResponse response = HTTPResponse.empty(TOO_MANY_REQUESTS);
    long seconds = Math.max(1, wait.get().plusNanos(999_999_999).toSeconds());
    response.headers().set("retry-after", String.valueOf(seconds));
    return call.answer(response, "over " + config.number("capacity", 0) + " in a window");
  }

  private static Duration length(String rate) {
    Matcher parts = PART.matcher(rate);
    Duration length = Duration.ZERO;
    int end = 0;
    while (parts.lookingAt()) {
      length = length.plus(Duration.of(Long.parseLong(parts.group(1)), UNITS.get(parts.group(2))));
      end = parts.end();
      parts.region(end, rate.length());
    }
    if (end == 0 || end < rate.length()) {
      throw new EvaluationFailed("config.rate", "it is no duration");
    }
    return length;
  }
}
