package dev.clinicnet.demo;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The manifests of one site, exactly as they are written: a Clinic, its ClinicServices, and the
 * ConfigMaps and Secrets that they refer to.
 */
public record Site(Path directory, List<GenericKubernetesResource> manifests) {
  private static final String FIELD_MANAGER = "demo";
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "Clinic", Clinic.class,
          "ClinicService", ClinicService.class,
          "ConfigMap", ConfigMap.class,
          "Secret", Secret.class);

  static Site read(Path directory) {
    return new Site(
        directory,
        Checkout.yaml(directory).stream()
            .map(file -> Checkout.read(file, GenericKubernetesResource.class))
            .toList());
  }

  /** The number of its objects, for people. */
  String summary() {
    long services = count("ClinicService");
    long others = manifests.size() - services - count("Clinic");
    return "a Clinic and %d ClinicServices".formatted(services)
        + (others == 0 ? "" : ", and %d objects that they refer to".formatted(others));
  }

  private long count(String kind) {
    return manifests.stream().filter(manifest -> manifest.getKind().equals(kind)).count();
  }

  /**
   * Applies the manifests like {@code kubectl apply --server-side -n <namespace> -f <directory>}.
   */
  void apply(KubernetesClient client, String namespace) {
    for (GenericKubernetesResource manifest : manifests) {
      client
          .genericKubernetesResources(
              ResourceDefinitionContext.fromResourceType(KINDS.get(manifest.getKind())))
          .inNamespace(namespace)
          .resource(manifest)
          .fieldManager(FIELD_MANAGER)
          .serverSideApply();
    }
  }
}
