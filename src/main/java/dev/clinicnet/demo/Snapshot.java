package dev.clinicnet.demo;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The Clinics and ClinicServices at one moment, in the order of their names. */
record Snapshot(List<Clinic> clinics, List<ClinicService> services) {

  static Snapshot of(KubernetesClient client, String namespace) {
    return new Snapshot(
        sorted(client.resources(Clinic.class).inNamespace(namespace).list().getItems()),
        sorted(client.resources(ClinicService.class).inNamespace(namespace).list().getItems()));
  }

  private static <T extends HasMetadata> List<T> sorted(List<T> items) {
    return items.stream()
        .sorted(Comparator.comparing((T item) -> item.getMetadata().getName()))
        .toList();
  }

  Clinic clinic(String name) {
    return clinics.stream()
        .filter(clinic -> clinic.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the Clinic " + name + " is gone"));
  }

  ClinicService service(String name) {
    return services.stream()
        .filter(service -> service.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the ClinicService " + name + " is gone"));
  }

  List<ClinicService> servicesOf(Clinic clinic) {
    return services.stream()
        .filter(s -> s.getSpec().clinicRef().name().equals(clinic.getMetadata().getName()))
        .toList();
  }

  List<HasMetadata> all() {
    List<HasMetadata> all = new ArrayList<>(clinics);
    all.addAll(services);
    return all;
  }

  /** The objects for which a condition is not True of their present generation. */
  List<HasMetadata> lacking(ConditionType type) {
    return all().stream().filter(object -> !holds(object, type)).toList();
  }

  static boolean holds(HasMetadata object, ConditionType type) {
    return condition(object, type)
        .filter(c -> c.status() == ConditionStatus.True)
        .filter(c -> Objects.equals(c.observedGeneration(), object.getMetadata().getGeneration()))
        .isPresent();
  }

  static Optional<Condition> condition(HasMetadata object, ConditionType type) {
    return Conditions.find(Conditions.of(object), type);
  }

  /** The name of an object for people. */
  static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
