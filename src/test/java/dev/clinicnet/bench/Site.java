package dev.clinicnet.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/**
 * The manifests of one site of the fleet: a Clinic and three services. At ngrok it needs a service
 * user, a credential, a reserved address and two endpoints. All sites share one wildcard, under a
 * name of ngrok that has a certificate at once.
 *
 * @param number makes its names unique; from 0
 */
record Site(int number) {
  /** The services of a Clinic. */
  static final int SERVICES = 3;

  /** A network for {@link #database} that no site begins with. */
  static final String OTHER_NETWORK = "198.51.100.0/24";

  /** What a site needs at ngrok, apart from what all share. */
  static final int CREATES = 5;

  /** The networks that may reach the database of a new site. */
  static final String FIRST_NETWORK = "203.0.113.0/24";

  /** The name of the Clinic. */
  String name() {
    return "site-%05d".formatted(number);
  }

  /** All its objects, the Clinic first. */
  List<GenericKubernetesResource> objects() {
    return List.of(clinic(), api(), database(FIRST_NETWORK), dashboard());
  }

  /** The Clinic. */
  GenericKubernetesResource clinic() {
    return manifest(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: %1$s}
        spec:
          displayName: Site number %1$s
          domains: [{name: "*.clinics-bench.ngrok.app", shared: true}]
        """
            .formatted(name()));
  }

  private GenericKubernetesResource api() {
    return manifest(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %1$s-api}
        spec:
          clinicRef: {name: %1$s}
          upstream: {url: "http://192.168.1.100:8080"}
          expose: {https: {host: %1$s.clinics-bench.ngrok.app, paths: [/api]}}
        """
            .formatted(name()));
  }

  /** The name of {@link #database}. */
  String databaseName() {
    return name() + "-db";
  }

  /**
   * The service with an address.
   *
   * @param network what may reach it: a CIDR
   */
  GenericKubernetesResource database(String network) {
    return manifest(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %2$s}
        spec:
          clinicRef: {name: %1$s}
          upstream: {url: "tcp://192.168.1.101:5432"}
          expose: {tcp: {region: us}}
          access: {allowCIDRs: ["%3$s"], denyCIDRs: ["192.0.2.0/24"]}
        """
            .formatted(name(), databaseName(), network));
  }

  private GenericKubernetesResource dashboard() {
    return manifest(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %1$s-dashboard}
        spec:
          clinicRef: {name: %1$s}
          upstream: {url: "http://192.168.1.102:3001"}
          availability: OnDemand
          expose: {https: {host: dashboard-%1$s.clinics-bench.ngrok.app}}
        """
            .formatted(name()));
  }

  private static GenericKubernetesResource manifest(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
