package dev.clinicnet.operator.demo;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The manifests of one site: a Clinic and its ClinicServices. */
record Site(Path directory, Clinic clinic, List<ClinicService> services) {
  private static final String FIELD_MANAGER = "demo";

  static Site read(Path directory) {
    Clinic clinic = null;
    List<ClinicService> services = new ArrayList<>();
    for (Path file : Checkout.yaml(directory)) {
      String kind = Checkout.read(file, GenericKubernetesResource.class).getKind();
      if (kind.equals("Clinic")) {
        clinic = Checkout.read(file, Clinic.class);
      } else {
        services.add(Checkout.read(file, ClinicService.class));
      }
    }
    return new Site(directory, clinic, List.copyOf(services));
  }

  String name() {
    return clinic.getMetadata().getName();
  }

  /** As {@code kubectl apply --server-side -n <namespace> -f <directory>}. */
  void apply(KubernetesClient client, String namespace) {
    apply(client, namespace, clinic);
    services.forEach(service -> apply(client, namespace, service));
  }

  private static void apply(KubernetesClient client, String namespace, HasMetadata manifest) {
    client.resource(manifest).inNamespace(namespace).fieldManager(FIELD_MANAGER).serverSideApply();
  }
}
