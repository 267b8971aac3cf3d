package dev.clinicnet.operator.upgrade;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The restored objects and account of a release. The uid and the version that Kubernetes gives to
 * an object are replaced by the new ones, in every place.
 */
final class RestoredRelease implements AutoCloseable {

  private static final PatchContext AS_OPERATOR =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(ClinicOperator.NAME)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final List<Resource<GenericKubernetesResource>> ours = new ArrayList<>();
  private final Map<String, String> replaced = new LinkedHashMap<>();

  private RestoredRelease(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Puts it back, with all rights. */
  static RestoredRelease of(
      String version,
      List<String> objects,
      String state,
      KubernetesClient client,
      NgrokAccount account) {
    RestoredRelease restored = new RestoredRelease(client, Release.namespace(version));
    restored.restore(objects, state, account);
    return restored;
  }

  /** The namespace of its objects, as before. */
  String namespace() {
    return namespace;
  }

  private void restore(List<String> objects, String state, NgrokAccount account) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    objects.forEach(this::create);
    account.restore(current(state));
    objects.forEach(this::applyStatus);
  }

  private void create(String yaml) {
    GenericKubernetesResource object = read(yaml);
    ObjectMeta before = object.getMetadata();
    object.getAdditionalProperties().remove("status");
    object.setMetadata(sent(before));
    Resource<GenericKubernetesResource> resource = client.resource(object);
    // The user who applies the manifests from now on owns their fields.
    ObjectMeta now =
        (isOurs(object) ? resource.fieldManager("team").serverSideApply() : resource.create())
            .getMetadata();
    replaced.put(
        before.getUid() + "/" + before.getResourceVersion(),
        now.getUid() + "/" + now.getResourceVersion());
    replaced.put(before.getUid(), now.getUid());
    if (isOurs(object)) {
      ours.add(resource);
    }
  }

  /** Writes with the operator's name, so that the operator can remove what it wrote. */
  private void applyStatus(String yaml) {
    GenericKubernetesResource object = read(yaml);
    if (isOurs(object) && object.getAdditionalProperties().containsKey("status")) {
      object.getAdditionalProperties().remove("spec");
      object.setMetadata(
          new ObjectMetaBuilder()
              .withName(object.getMetadata().getName())
              .withNamespace(namespace)
              .build());
      client.resource(object).subresource("status").patch(AS_OPERATOR, object);
    }
  }

  private static ObjectMeta sent(ObjectMeta before) {
    return new ObjectMetaBuilder(before)
        .withUid(null)
        .withResourceVersion(null)
        .withCreationTimestamp(null)
        .withGeneration(null)
        .build();
  }

  private GenericKubernetesResource read(String yaml) {
    return Serialization.unmarshal(current(yaml), GenericKubernetesResource.class);
  }

  private String current(String text) {
    String current = text;
    for (Map.Entry<String, String> entry : replaced.entrySet()) {
      current = current.replace(entry.getKey(), entry.getValue());
    }
    return current;
  }

  private static boolean isOurs(GenericKubernetesResource object) {
    return object.getApiVersion().startsWith("clinicnet.dev/");
  }

  /**
   * Removes the objects, even with finalizers, so that no other operator finds them. The namespace
   * stays for the next test: without controllers a deleted one would never be gone.
   */
  @Override
  public void close() {
    for (Resource<GenericKubernetesResource> resource : ours) {
      resource.delete();
      if (resource.get() != null) {
        resource.edit(
            left -> {
              left.getMetadata().setFinalizers(List.of());
              return left;
            });
      }
    }
    client.secrets().inNamespace(namespace).delete();
    client.configMaps().inNamespace(namespace).delete();
  }
}
