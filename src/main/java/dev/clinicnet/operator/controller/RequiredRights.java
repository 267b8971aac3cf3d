package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rights that the operator needs. {@code deploy/base} grants them. */
public final class RequiredRights {
  private static final List<String> ALL_NAMESPACES = List.of("");
  private static final String LEASES = "coordination.k8s.io";

  private RequiredRights() {}

  /**
   * The rights, one by one.
   *
   * @param kinds the kinds of the operator
   * @param namespaces the watched namespaces; empty: all
   */
  public static List<ResourceAttributes> of(
      List<Class<? extends HasMetadata>> kinds,
      Set<String> namespaces,
      Optional<LeaseOptions> lease) {
    List<ResourceAttributes> rights = new ArrayList<>();
    for (String namespace : namespaces.isEmpty() ? ALL_NAMESPACES : List.copyOf(namespaces)) {
      for (Class<? extends HasMetadata> kind : kinds) {
        String group = HasMetadata.getGroup(kind);
        String plural = HasMetadata.getPlural(kind);
        add(rights, namespace, group, plural, null, "get", "list", "watch", "patch");
        add(rights, namespace, group, plural, "status", "patch");
      }
      add(rights, namespace, "clinicnet.dev", "clinicsessions", null, "delete");
      add(rights, namespace, "", "secrets", null, "get", "list", "watch", "create", "update");
      add(rights, namespace, "", "configmaps", null, "list", "watch");
      add(rights, namespace, "", "events", null, "create");
    }
    lease.ifPresent(l -> addLease(rights, l));
    return rights;
  }

  /**
   * The rights to publish DNS records; {@code deploy/components/dns-endpoints} grants them.
   *
   * @param namespaces the watched namespaces; empty: all
   */
  static List<ResourceAttributes> ofDNSEndpoints(Set<String> namespaces) {
    return onDNSEndpoints(namespaces, "list", "watch", "create", "patch", "delete");
  }

  /** The rights to remove DNS records that were published before. */
  static List<ResourceAttributes> ofDNSEndpointRemoval(Set<String> namespaces) {
    return onDNSEndpoints(namespaces, "list", "delete");
  }

  private static List<ResourceAttributes> onDNSEndpoints(Set<String> namespaces, String... verbs) {
    List<ResourceAttributes> rights = new ArrayList<>();
    String group = HasMetadata.getGroup(DNSEndpoint.class);
    String plural = HasMetadata.getPlural(DNSEndpoint.class);
    for (String namespace : namespaces.isEmpty() ? ALL_NAMESPACES : List.copyOf(namespaces)) {
      add(rights, namespace, group, plural, null, verbs);
    }
    return rights;
  }

  /**
   * The rights to serve the fleet page; {@code deploy/components/fleet-page} grants them.
   *
   * @param namespaces the watched namespaces; empty: all
   * @param reviewsTokens whether viewers log in with a token of Kubernetes
   */
  static List<ResourceAttributes> ofFleetPage(Set<String> namespaces, boolean reviewsTokens) {
    List<ResourceAttributes> rights = new ArrayList<>();
    if (reviewsTokens) {
      add(rights, "", "authentication.k8s.io", "tokenreviews", null, "create");
    }
    add(rights, "", "authorization.k8s.io", "subjectaccessreviews", null, "create");
    for (String namespace : namespaces.isEmpty() ? ALL_NAMESPACES : List.copyOf(namespaces)) {
      add(rights, namespace, "", "events", null, "list");
    }
    return rights;
  }

  /** The rights to read the grants. */
  static List<ResourceAttributes> ofGrants() {
    List<ResourceAttributes> rights = new ArrayList<>();
    String group = HasMetadata.getGroup(NgrokAccount.class);
    String plural = HasMetadata.getPlural(NgrokAccount.class);
    add(rights, "", group, plural, null, "list", "watch");
    add(rights, "", group, plural, "status", "patch");
    add(rights, "", "", "namespaces", null, "list", "watch");
    return rights;
  }

  /** A right in words. */
  static String text(ResourceAttributes right) {
    String resource =
        right.getSubresource() == null
            ? right.getResource()
            : right.getResource() + "/" + right.getSubresource();
    return right.getVerb()
        + " "
        + resource
        + (right.getNamespace().isEmpty() ? "" : " in " + right.getNamespace());
  }

  private static void addLease(List<ResourceAttributes> rights, LeaseOptions lease) {
    List<ResourceAttributes> all = new ArrayList<>();
    add(all, lease.namespace(), LEASES, "leases", null, "create", "get", "patch", "update");
    for (ResourceAttributes right : all) {
      rights.add(
          right.getVerb().equals("create") ? right : right.edit().withName(lease.name()).build());
    }
  }

  private static void add(
      List<ResourceAttributes> rights,
      String namespace,
      String group,
      String resource,
      String subresource,
      String... verbs) {
    for (String verb : verbs) {
      rights.add(
          new ResourceAttributesBuilder()
              .withNamespace(namespace)
              .withGroup(group)
              .withResource(resource)
              .withSubresource(subresource)
              .withVerb(verb)
              .build());
    }
  }
}
