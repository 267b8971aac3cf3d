package dev.clinicnet.bench;

import java.util.Map;
import java.util.TreeMap;

/** The whole fleet is deleted. Addresses stay for the undo window, and are marked. */
final class DeleteAll implements Scenario {
  @Override
  public String name() {
    return "delete-all";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Meter meter = Meter.start(world);
    world.each(world.sites(), site -> site.objects().forEach(world::delete));
    long allDeleted = System.nanoTime();
    world.watch().awaitGone();
    meter.stop(figures, needed(clinics), System.nanoTime());
    meter.until(figures, "seconds to ask for all deletions", allDeleted);
    return figures;
  }

  private static Map<String, Integer> needed(int clinics) {
    return new TreeMap<>(
        Map.of(
            "DELETE endpoints", 2 * clinics,
            "DELETE credentials", clinics,
            "DELETE service_users", clinics,
            "PATCH reserved_addrs", clinics));
  }
}
