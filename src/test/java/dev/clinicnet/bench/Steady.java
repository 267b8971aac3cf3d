package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

/** Nothing happens for an hour of the account's time. */
final class Steady implements Scenario {
  private static final Duration HOUR = Duration.ofMinutes(60);

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    world.awaitQuiet();
    Duration time = HOUR.dividedBy(world.options().factor());
    Meter meter = Meter.start(world);
    await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> System.nanoTime() - meter.begun() >= time.toNanos());
    meter.stopNow(figures, Map.of(), System.nanoTime());
    figures.put(
        "counts",
        "list pages of endpoints a minute",
        figures.get("requests to ngrok", "GET endpoints") / HOUR.toMinutes());
    meter.heap(figures);
    return figures;
  }
}
