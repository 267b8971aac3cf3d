package dev.clinicnet.operator.cli.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.cli.lint.FileAccounts;
import dev.clinicnet.operator.cli.lint.FileGrants;
import dev.clinicnet.operator.cli.lint.TypedManifests;
import dev.clinicnet.operator.clinic.ClinicKind;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.service.ServiceKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The manifests of the files, by namespace and name, without the Clinics of other accounts and
 * their services.
 *
 * @param clinics in the order of the files
 * @param services in the order of the files
 * @param grants the grants of namespaces by the NgrokAccounts
 */
record PlannedManifests(
    Map<String, Clinic> clinics,
    Map<String, ClinicService> services,
    Map<String, Secret> secrets,
    Map<String, ConfigMap> configMaps,
    FileGrants grants) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The content of sound documents, as far as it is in an account. */
  static PlannedManifests of(List<Document> documents, String account) {
    Map<String, Clinic> clinics = new LinkedHashMap<>();
    Map<String, ClinicService> services = new LinkedHashMap<>();
    Map<String, Secret> secrets = new LinkedHashMap<>();
    Map<String, ConfigMap> configMaps = new LinkedHashMap<>();
    for (Document document : documents) {
      String path = document.namespace() + "/" + document.name();
      boolean core = document.apiVersion().equals("v1");
      if (ManifestValidation.knows(document) && document.kind().equals("Clinic")) {
        clinics.put(path, TypedManifests.typed(document, Clinic.class));
      } else if (ManifestValidation.knows(document) && document.kind().equals("ClinicService")) {
        services.put(path, TypedManifests.typed(document, ClinicService.class));
      } else if (core && document.kind().equals("Secret")) {
        secrets.put(path, FileSecrets.withStringData(plain(document, Secret.class)));
      } else if (core && document.kind().equals("ConfigMap")) {
        configMaps.put(path, plain(document, ConfigMap.class));
      }
    }
    FileAccounts accounts = FileAccounts.of(documents);
    clinics.values().removeIf(clinic -> !clinic.getSpec().account().equals(account));
    services
        .values()
        .removeIf(
            service ->
                !accounts.mayHold(
                    account,
                    service.getMetadata().getNamespace(),
                    service.getSpec().clinicRef().name()));
    return new PlannedManifests(clinics, services, secrets, configMaps, FileGrants.of(documents));
  }

  /** Our objects, Clinics first. */
  List<HasMetadata> objects() {
    List<HasMetadata> all = new ArrayList<>(clinics.values());
    all.addAll(services.values());
    return all;
  }

  /** The lists of the account that decisions on our objects depend on. */
  Set<Resource<?, ?, ?>> lists() {
    Set<Resource<?, ?, ?>> lists = new LinkedHashSet<>();
    clinics.values().forEach(clinic -> lists.addAll(ClinicKind.needed(clinic)));
    services.values().forEach(service -> lists.addAll(ServiceKind.needed(service)));
    return lists;
  }

  /** The namespaces of our objects. */
  Set<String> namespaces() {
    Set<String> namespaces = new TreeSet<>();
    objects().forEach(object -> namespaces.add(object.getMetadata().getNamespace()));
    return namespaces;
  }

  /** Whether an object of ours is in the files. */
  boolean holds(Owner owner) {
    String path = owner.namespace() + "/" + owner.name();
    return Stream.of(clinics.get(path), services.get(path))
        .filter(Objects::nonNull)
        .anyMatch(object -> Owner.of(object).equals(owner));
  }

  private static <T extends HasMetadata> T plain(Document document, Class<T> type) {
    T object = JSON.convertValue(document.root().plain(), type);
    object.getMetadata().setNamespace(document.namespace());
    return object;
  }
}
