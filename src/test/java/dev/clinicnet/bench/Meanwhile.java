package dev.clinicnet.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * While a fleet converges, a user changes a service that was ready before, and another namespace
 * gets its first Clinic.
 */
final class Meanwhile implements Scenario {
  @Override
  public String name() {
    return "meanwhile";
  }

  @Override
  public boolean beginsEmpty() {
    return true;
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Site first = new Site(0);
    first.objects().stream().map(world::apply).toList().forEach(world.watch()::awaitReady);
    Meter meter = Meter.start(world);
    world.each(world.sites().subList(1, clinics), site -> site.objects().forEach(world::apply));
    long asked = System.nanoTime();
    GenericKubernetesResource changed = world.apply(first.database(Site.OTHER_NETWORK));
    try (FleetWatch newcomers = world.watch(World.OTHER_NAMESPACE)) {
      List<GenericKubernetesResource> newcomer =
          new Site(clinics).objects().stream().map(Meanwhile::elsewhere).map(world::apply).toList();
      long change = world.watch().awaitReady(changed) - asked;
      long ready = newcomer.stream().mapToLong(newcomers::awaitReady).max().orElseThrow() - asked;
      world.awaitFleet();
      meter.stop(figures, needed(clinics), world.watch().lastReady());
      int factor = world.options().factor();
      figures.put("times", "a user's change in seconds of the account", change / 1e9 * factor);
      figures.put(
          "times",
          "a new Clinic of another namespace in seconds of the account",
          ready / 1e9 * factor);
      world.watch().promises().into(figures);
    }
    return figures;
  }

  private static GenericKubernetesResource elsewhere(GenericKubernetesResource object) {
    object.getMetadata().setNamespace(World.OTHER_NAMESPACE);
    return object;
  }

  /** The first Clinic is there already, and that of the other namespace comes in addition. */
  private static Map<String, Integer> needed(int clinics) {
    Map<String, Integer> needed = new TreeMap<>(Converge.needed(clinics));
    needed.remove("POST reserved_domains");
    needed.put("PATCH endpoints", 1);
    return needed;
  }
}
