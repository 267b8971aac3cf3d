package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.reference.References;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Secrets that services refer to, in the assumed state of the cluster. They have the version
 * that is already in the vault, because the platform shows no values to compare.
 */
final class FileSecrets {
  private static final String ASSUMED = "not in the files";

  private final PlannedManifests manifests;
  private final Inventory inventory;

  FileSecrets(PlannedManifests manifests, Inventory inventory) {
    this.manifests = manifests;
    this.inventory = inventory;
  }

  /**
   * The Secret from the files; for a client secret or the password of a proxy that is not in the
   * files, an assumed one.
   */
  Optional<Secret> referenced(String namespace, String name) {
    Secret file = manifests.secrets().get(namespace + "/" + name);
    if (file != null) {
      return Optional.of(file).filter(FileSecrets::isLabelled).map(s -> versioned(s, namespace));
    }
    Map<String, String> data = new HashMap<>();
    readers(namespace, name)
        .flatMap(service -> References.clientSecret(service.getSpec().access()).stream())
        .filter(ref -> ref.name().equals(name))
        .forEach(ref -> data.put(ref.key(), base64(ASSUMED)));
    manifests.clinics().values().stream()
        .filter(clinic -> clinic.getMetadata().getNamespace().equals(namespace))
        .map(clinic -> clinic.getSpec().agent().proxyPasswordSecretRef())
        .filter(ref -> ref != null && ref.name().equals(name))
        .forEach(ref -> data.put(ref.key(), base64(ASSUMED)));
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(
            versioned(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .withData(data)
                    .build(),
                namespace));
  }

  /** Whether an object has the label that the operator needs to see it. */
  static boolean isLabelled(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && "true".equals(labels.get(Reference.LABEL));
  }

  /** The object in the form that the API server stores. */
  static Secret withStringData(Secret secret) {
    Map<String, String> data = new HashMap<>();
    Optional.ofNullable(secret.getData()).ifPresent(data::putAll);
    Optional.ofNullable(secret.getStringData())
        .ifPresent(texts -> texts.forEach((key, text) -> data.put(key, base64(text))));
    return new SecretBuilder(secret).withData(data).withStringData(Map.of()).build();
  }

  private Secret versioned(Secret secret, String namespace) {
    String[] version =
        readers(namespace, secret.getMetadata().getName())
            .flatMap(
                service ->
                    inventory
                        .lookUp(Resource.VAULT_SECRETS, Keys.owner(Owner.of(service)))
                        .stream())
            .map(entry -> Mark.parse(entry.metadata()).map(Mark::version).orElse(null))
            // That of a lock has another form.
            .filter(read -> read != null && read.contains("/"))
            .findFirst()
            .orElse("unknown/0")
            .split("/", 2);
    return new SecretBuilder(secret)
        .editMetadata()
        .withUid(version[0])
        .withResourceVersion(version.length > 1 ? version[1] : "")
        .endMetadata()
        .build();
  }

  private Stream<ClinicService> readers(String namespace, String secret) {
    return manifests.services().values().stream()
        .filter(service -> service.getMetadata().getNamespace().equals(namespace))
        .filter(service -> namesOf(service.getSpec().access()).contains(secret));
  }

  private static List<String> namesOf(Access access) {
    return Stream.concat(
            References.clientSecret(access).stream().map(KeyRef::name),
            Stream.ofNullable(access.basicAuth()).map(basic -> basic.secretRef().name()))
        .toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
