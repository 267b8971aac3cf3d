package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

/**
 * Nothing happens for an hour of the account's time.
 *
 * @param name its name: it may begin with agents at the sites, or without
 */
record Steady(String name) implements Scenario {
  private static final Duration HOUR = Duration.ofMinutes(60);

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    world.watch().awaitCertificates();
    world.awaitQuiet();
    Duration time = HOUR.dividedBy(world.options().factor());
    Meter meter = Meter.start(world);
    await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> System.nanoTime() - meter.begun() >= time.toNanos());
    meter.stopNow(figures, Map.of(), System.nanoTime());
    figures.put(
        "counts", "list pages of endpoints a minute", ListPace.of("/endpoints", meter.requests()));
    meter.heap(figures);
    return figures;
  }
}
