package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Somebody changes the policy of every tenth endpoint by hand. */
final class Drift implements Scenario {
  private static final int EVERY = 10;

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    Map<String, String> right = policies(world);
    int changed = Math.max(1, right.size() / EVERY);
    Meter meter = Meter.start(world);
    world.each(
        right.keySet().stream().limit(changed).toList(),
        id ->
            world
                .account()
                .call("PATCH", "/endpoints/" + id, "{\"description\": \"changed by hand\"}"));
    long spoilt = System.nanoTime();
    await()
        .atMost(BenchOptions.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> policies(world).equals(right));
    meter.stop(figures, Map.of("PATCH endpoints", 2 * changed), System.nanoTime());
    meter.until(figures, "seconds to change by hand", spoilt);
    return figures;
  }

  private static Map<String, String> policies(World world) {
    Map<String, String> policies = new TreeMap<>();
    for (JsonNode endpoint : world.account().all("endpoints")) {
      policies.put(
          endpoint.path("id").asText(),
          endpoint.path("description").asText() + endpoint.path("traffic_policy").asText());
    }
    return policies;
  }
}
