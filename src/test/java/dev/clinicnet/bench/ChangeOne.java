package dev.clinicnet.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** One field of one service is changed, many times one after the other. */
final class ChangeOne implements Scenario {
  private static final int SAMPLES = 100;

  @Override
  public String name() {
    return "change-one";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    Meter meter = Meter.start(world);
    double[] seconds = IntStream.range(0, SAMPLES).mapToDouble(i -> change(world, i)).toArray();
    long done = System.nanoTime();
    meter.stop(figures, Map.of("PATCH endpoints", SAMPLES), done);
    Percentiles.of(Arrays.stream(seconds)).into(figures, "from apply to Ready");
    return figures;
  }

  private static double change(World world, int i) {
    Site site = new Site(i * 7 % world.options().clinics());
    GenericKubernetesResource changed = site.database("198.51.100." + i + "/32");
    long begun = System.nanoTime();
    GenericKubernetesResource applied = world.apply(changed);
    return (world.watch().awaitReady(applied) - begun) / 1e9;
  }
}
