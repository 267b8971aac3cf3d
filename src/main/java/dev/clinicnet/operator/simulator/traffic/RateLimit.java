package dev.clinicnet.operator.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rate-limit}: a sliding window for each combination of the bucket keys' values. The
 * platform counts at each of its servers (documented); the simulator is one server.
 */
final class RateLimit implements Action {
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
    try {
      long amount = Long.parseLong(rate.substring(0, rate.length() - 1));
      return switch (rate.charAt(rate.length() - 1)) {
        case 's' -> Duration.ofSeconds(amount);
        case 'm' -> Duration.ofMinutes(amount);
        case 'h' -> Duration.ofHours(amount);
        default -> throw new EvaluationFailed("config.rate", "it is no duration");
      };
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new EvaluationFailed("config.rate", "it is no duration");
    }
  }
}
