package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.account.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator stops, and starts again on a fleet that is ready. */
final class Restart implements Scenario {
  @Override
  public String name() {
    return "restart";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    world.watch().awaitCertificates();
    world.awaitQuiet();
    world.operator().stop();
    Meter meter = Meter.beforeStart(world);
    int before = world.requests().size();
    world.startOperator();
    long ready = System.nanoTime();
    await()
        .atMost(BenchOptions.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> hasListed(world, before));
    long listed = System.nanoTime();
    meter.stop(figures, Map.of(), listed);
    meter.until(figures, "seconds until the operator is ready", ready);
    int round = Sweeps.round(world);
    figures.put("counts", "list pages of one round", round);
    double beyond = figures.get("counts", "list pages beyond the sweeps due");
    figures.put("counts", "list rounds beyond the sweeps due", beyond / round);
    meter.heap(figures);
    return figures;
  }

  private static boolean hasListed(World world, int before) {
    List<JsonNode> log = world.requests();
    Map<String, Integer> sent = NgrokRequests.count(log.subList(before, log.size())).sent();
    return Account.NEEDED.stream().allMatch(resource -> sent.containsKey("GET " + resource.path()));
  }
}
