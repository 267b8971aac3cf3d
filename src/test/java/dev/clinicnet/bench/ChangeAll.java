package dev.clinicnet.bench;

import java.util.Map;

/** One field of one service of every Clinic is changed at once. */
final class ChangeAll implements Scenario {
  private static final String OTHER_NETWORK = "198.51.100.0/24";

  @Override
  public String name() {
    return "change-all";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Meter meter = Meter.start(world);
    world.each(
        world.sites(), site -> world.watch().expect(world.apply(site.database(OTHER_NETWORK))));
    long allApplied = System.nanoTime();
    world.watch().awaitReady(clinics * (1 + Site.SERVICES));
    meter.stop(figures, Map.of("PATCH endpoints", clinics), world.watch().lastReady());
    figures.put("times", "seconds to apply all", (allApplied - meter.begun()) / 1e9);
    return figures;
  }
}
