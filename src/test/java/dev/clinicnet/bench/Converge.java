package dev.clinicnet.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The whole fleet is applied to an empty cluster and an empty account. */
final class Converge implements Scenario {
  @Override
  public String name() {
    return "converge";
  }

  @Override
  public boolean beginsEmpty() {
    return true;
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Map<Site, Long> applied = new ConcurrentHashMap<>();
    Meter meter = Meter.start(world);
    world.each(
        world.sites(),
        site -> {
          applied.put(site, System.nanoTime());
          site.objects().forEach(world::apply);
        });
    long allApplied = System.nanoTime();
    world.awaitFleet();
    meter.stop(figures, needed(clinics), world.watch().lastReady());
    meter.until(figures, "seconds to apply all", allApplied);
    Percentiles.of(
            applied.entrySet().stream()
                .mapToDouble(site -> (ready(world, site.getKey()) - site.getValue()) / 1e9))
        .into(figures, "from apply to Ready");
    world.watch().promises().into(figures);
    meter.heap(figures);
    return figures;
  }

  private static long ready(World world, Site site) {
    return site.objects().stream().mapToLong(world.watch()::readySince).max().orElseThrow();
  }

  /** The creations of so many Clinics. */
  static Map<String, Integer> needed(int clinics) {
    return new TreeMap<>(
        Map.of(
            "POST reserved_domains", 1,
            "POST service_users", clinics,
            "POST credentials", clinics,
            "POST reserved_addrs", clinics,
            "POST endpoints", 2 * clinics));
  }
}
