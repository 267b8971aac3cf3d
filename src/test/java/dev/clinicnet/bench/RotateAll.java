package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Map;

/** Every Clinic is asked for a new authtoken. The old ones stay valid for their overlap. */
final class RotateAll implements Scenario {
  private static final String REQUEST = "bench";

  @Override
  public String name() {
    return "rotate-all";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Meter meter = Meter.start(world);
    world.each(
        world.sites(),
        site -> {
          GenericKubernetesResource clinic = site.clinic();
          clinic.getMetadata().setAnnotations(Map.of(Annotations.ROTATE, REQUEST));
          world.apply(clinic);
        });
    await()
        .atMost(BenchOptions.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> rotated(world) == clinics);
    meter.stop(figures, Map.of("POST credentials", clinics), System.nanoTime());
    return figures;
  }

  private static long rotated(World world) {
    return world
        .admin()
        .resources(Clinic.class)
        .inNamespace(world.namespace())
        .list()
        .getItems()
        .stream()
        .map(ClinicStatus::of)
        .filter(status -> status.authtoken() != null)
        .filter(status -> REQUEST.equals(status.authtoken().rotated()))
        .count();
  }
}
