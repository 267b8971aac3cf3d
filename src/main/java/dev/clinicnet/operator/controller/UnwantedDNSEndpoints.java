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
 * What an operator with {@code --dns-endpoints} has left behind. It is removed once the option is
 * off, for as long as RBAC still allows that.
 */
final class UnwantedDNSEndpoints {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnwantedDNSEndpoints.class);
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String CLINIC = "clinicnet.dev/clinic";

  private final KubernetesClient client;
  private final Set<String> namespaces;

  /**
   * Those in some namespaces.
   *
   * @param namespaces those that are watched; empty: all
   */
  UnwantedDNSEndpoints(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = namespaces;
  }

  /** Removes them, while others work: that it takes long or fails keeps nobody from it. */
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
