package dev.clinicnet.bench;

import java.util.Map;

/** One field of one service of every Clinic is changed at once. */
final class ChangeAll implements Scenario {
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
        world.sites(),
        site -> world.watch().expect(world.apply(site.database(Site.OTHER_NETWORK))));
    long allApplied = System.nanoTime();
    world.awaitFleet();
    meter.stop(figures, Map.of("PATCH endpoints", clinics), world.watch().lastReady());
    meter.until(figures, "seconds to apply all", allApplied);
    return figures;
  }
}
