package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DNSEndpoints that an operator with {@code --dns-endpoints} has left. They are removed when the
 * option is off, as long as RBAC still allows that.
 */
final class UnwantedDNSEndpoints {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnwantedDNSEndpoints.class);
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String CLINIC = "clinicnet.dev/clinic";

  private final KubernetesClient client;
  private final Set<String> namespaces;

  /**
   * The DNSEndpoints in some namespaces.
   *
   * @param namespaces the watched namespaces; empty: all
   */
  UnwantedDNSEndpoints(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = namespaces;
  }

  /** Removes them in the background. A slow or failed removal does not block other work. */
  void removeBesides() {
    Thread thread = new Thread(this::remove, "unwanted-dns-endpoints");
    thread.setDaemon(true);
    thread.start();
  }

  private void remove() {
    try {
      StartChecks checks = new StartChecks(client);
      if (checks.knowsDNSEndpoints()
          && checks.allows(RequiredRights.ofDNSEndpointRemoval(namespaces))) {
        left().forEach(this::remove);
      }
    } catch (KubernetesClientException e) {
      LOGGER.warn("DNSEndpoints of before could not be removed: {}", RootCause.of(e));
    }
  }

  private List<DNSEndpoint> left() {
    var all = client.resources(DNSEndpoint.class);
    if (namespaces.isEmpty()) {
      return ours(all.inAnyNamespace().withLabel(MANAGED_BY, ClinicOperator.NAME).list());
    }
    return namespaces.stream()
        .map(all::inNamespace)
        .flatMap(some -> ours(some.withLabel(MANAGED_BY, ClinicOperator.NAME).list()).stream())
        .toList();
  }

  private static List<DNSEndpoint> ours(KubernetesResourceList<DNSEndpoint> found) {
    return found.getItems().stream()
        .filter(endpoint -> Annotations.get(endpoint, CLINIC).isPresent())
        .toList();
  }

  private void remove(DNSEndpoint endpoint) {
    client.resource(endpoint).delete();
    LOGGER.info(
        "removed DNSEndpoint {}/{}: --dns-endpoints (dnsEndpoints.enabled) is off",
        endpoint.getMetadata().getNamespace(),
        endpoint.getMetadata().getName());
  }
}
