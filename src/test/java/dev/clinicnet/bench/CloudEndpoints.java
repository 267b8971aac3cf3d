package dev.clinicnet.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Cloud endpoints with a reserved domain each are applied to an empty cluster: the work on which
 * another operator was measured. As many as there are Clinics in other scenarios.
 */
final class CloudEndpoints implements Scenario {
  /** The most domains that one Clinic may list. */
  private static final int A_CLINIC = 20;

  @Override
  public String name() {
    return "cloud-endpoints";
  }

  @Override
  public boolean beginsEmpty() {
    return true;
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int endpoints = world.options().clinics();
    int clinics = (endpoints + A_CLINIC - 1) / A_CLINIC;
    List<GenericKubernetesResource> objects = new ArrayList<>();
    for (int i = 0; i < clinics; i++) {
      List<Integer> numbers =
          IntStream.range(i * A_CLINIC, Math.min(endpoints, (i + 1) * A_CLINIC)).boxed().toList();
      objects.add(clinic(i, numbers));
      for (int number : numbers) {
        objects.add(service(i, number));
      }
    }
    Meter meter = Meter.start(world, new FleetSize(clinics, endpoints));
    world.each(objects, world::apply);
    world.watch().awaitReady(objects.size());
    meter.stop(figures, needed(endpoints, clinics), world.watch().lastReady());
    return figures;
  }

  private static Map<String, Integer> needed(int endpoints, int clinics) {
    return new TreeMap<>(
        Map.of(
            "POST reserved_domains", endpoints,
            "POST endpoints", endpoints,
            "POST service_users", clinics,
            "POST credentials", clinics));
  }

  private static GenericKubernetesResource clinic(int clinic, List<Integer> numbers) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: clinicnet.dev/v1alpha1
            kind: Clinic
            metadata: {name: group-%03d}
            spec:
              domains:
            """
                .formatted(clinic));
    numbers.forEach(number -> yaml.append("  - {name: ").append(host(number)).append("}\n"));
    return Serialization.unmarshal(yaml.toString(), GenericKubernetesResource.class);
  }

  private static GenericKubernetesResource service(int clinic, int number) {
    return Serialization.unmarshal(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: endpoint-%2$05d}
        spec:
          clinicRef: {name: group-%1$03d}
          upstream: {url: "http://192.168.1.100:8080"}
          expose: {https: {host: %3$s}}
        """
            .formatted(clinic, number, host(number)),
        GenericKubernetesResource.class);
  }

  private static String host(int number) {
    return "app-%05d.clinics-bench.com".formatted(number);
  }
}
