package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.cli.lint.TypedManifests;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The manifests with which the account is compared.
 *
 * @param source {@code none}, {@code files} or {@code cluster}
 * @param owners every Clinic and ClinicService, also those that are being deleted
 * @param domains every domain that a Clinic lists
 * @param namespaces where all manifests are known; empty: everywhere
 */
record KnownManifests(
    String source, Set<Owner> owners, Set<String> domains, Optional<Set<String>> namespaces) {
  private static final String CLINIC = "Clinic";
  private static final Set<String> KINDS = Set.of(CLINIC, "ClinicService");

  /** Nothing is compared. */
  static final KnownManifests NONE =
      new KnownManifests("none", Set.of(), Set.of(), Optional.of(Set.of()));

  KnownManifests {
    owners = Set.copyOf(owners);
    domains = Set.copyOf(domains);
    namespaces = namespaces.map(Set::copyOf);
  }

  /** Whether a manifest exists. */
  enum Presence {
    PRESENT,
    ABSENT,
    /** The manifests of its namespace are not known. */
    UNKNOWN
  }

  /** The manifests of files without errors. Nothing is known about other namespaces. */
  static KnownManifests ofFiles(Collection<Document> documents) {
    Set<Owner> owners = new LinkedHashSet<>();
    Set<String> domains = new LinkedHashSet<>();
    for (Document document : documents) {
      if (ManifestValidation.knows(document) && KINDS.contains(document.kind())) {
        owners.add(new Owner(document.kind(), document.namespace(), document.name()));
        if (document.kind().equals(CLINIC)) {
          addDomains(TypedManifests.typed(document, Clinic.class), domains);
        }
      }
    }
    Set<String> namespaces = owners.stream().map(Owner::namespace).collect(Collectors.toSet());
    return new KnownManifests("files", owners, domains, Optional.of(namespaces));
  }

  /**
   * The manifests of all namespaces of a cluster.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when it does not show them
   */
  static KnownManifests ofCluster(KubernetesClient client) {
    Set<Owner> owners = new LinkedHashSet<>();
    Set<String> domains = new LinkedHashSet<>();
    for (Clinic clinic : client.resources(Clinic.class).inAnyNamespace().list().getItems()) {
      owners.add(Owner.of(clinic));
      addDomains(clinic, domains);
    }
    client.resources(ClinicService.class).inAnyNamespace().list().getItems().stream()
        .map(Owner::of)
        .forEach(owners::add);
    return new KnownManifests("cluster", owners, domains, Optional.empty());
  }

  Presence presence(Owner owner) {
    if (owners.contains(owner)) {
      return Presence.PRESENT;
    }
    return KINDS.contains(owner.kind()) && areKnownIn(owner.namespace())
        ? Presence.ABSENT
        : Presence.UNKNOWN;
  }

  /** Whether anything is compared that could ask for what the installation shares. */
  boolean isComplete() {
    return namespaces.isEmpty();
  }

  private boolean areKnownIn(String namespace) {
    return namespaces.map(known -> known.contains(namespace)).orElse(true);
  }

  private static void addDomains(Clinic clinic, Set<String> domains) {
    if (clinic.getSpec() != null) {
      clinic.getSpec().domains().stream().map(ClinicDomain::name).forEach(domains::add);
    }
  }
}
