package dev.clinicnet.operator.demo;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.util.List;

/** The manifests of one site, exactly as they are written: a Clinic and its ClinicServices. */
record Site(Path directory, List<GenericKubernetesResource> manifests) {
  private static final String FIELD_MANAGER = "demo";

  static Site read(Path directory) {
    return new Site(
        directory,
        Checkout.yaml(directory).stream()
            .map(file -> Checkout.read(file, GenericKubernetesResource.class))
            .toList());
  }

  /** As {@code kubectl apply --server-side -n <namespace> -f <directory>}. */
  void apply(KubernetesClient client, String namespace) {
    for (GenericKubernetesResource manifest : manifests) {
      Class<? extends HasMetadata> kind =
          manifest.getKind().equals("Clinic") ? Clinic.class : ClinicService.class;
      client
          .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind))
          .inNamespace(namespace)
          .resource(manifest)
          .fieldManager(FIELD_MANAGER)
          .serverSideApply();
    }
  }
}
