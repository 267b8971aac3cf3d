package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks what the cluster must offer. The checks come before the start, because without a CRD or a
 * right an informer would wait forever.
 */
public final class StartChecks {
  /** The kinds that the operator works on. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(Clinic.class, ClinicService.class, ClinicSession.class);

  private static final String IDENTITY_NAMESPACE = "kube-system";

  private static final String INSTALLING =
      "set crds.install to true in the chart's values, or without Helm: kubectl apply --server-side"
          + " -f crds/";

  private final KubernetesClient client;

  /** Checks of the cluster that the client reaches. */
  public StartChecks(KubernetesClient client) {
    this.client = client;
  }

  /** Checks that the API server answers and accepts the credentials. */
  public void reach() {
    try {
      client.getKubernetesVersion();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
        throw new StartFailure(
            ExitReason.KUBERNETES_LOGIN_REFUSED,
            "The Kubernetes API server at "
                + client.getMasterUrl()
                + " refuses the credentials: renew those in the kubeconfig, or of the"
                + " ServiceAccount");
      }
      throw new StartFailure(
          ExitReason.KUBERNETES_UNREACHABLE,
          "The Kubernetes API server at "
              + client.getMasterUrl()
              + " cannot be reached ("
              + RootCause.of(e)
              + "): is it up, and --kubeconfig right?");
    }
  }

  /** Checks that the CRDs of the operator are installed. */
  public void requireKinds() {
    String group = HasMetadata.getApiVersion(Clinic.class);
    List<String> missing = missing(KINDS, group);
    if (!missing.isEmpty()) {
      throw new StartFailure(
          ExitReason.CRDS_MISSING,
          "The cluster does not know "
              + String.join(", ", missing)
              + " of "
              + group
              + ": "
              + INSTALLING);
    }
  }

  /** Checks that RBAC allows the operator's work. */
  public void requireRights(List<ResourceAttributes> rights) {
    requireRights(
        rights,
        "with rbac.create and watchNamespaces in the chart's values, or without Helm: kubectl apply"
            + " --server-side -k deploy/base");
  }

  /**
   * Those of these namespaces that do not exist. A dry run finds out, because the operator may
   * create Events in the watched namespaces, but may not read namespaces.
   */
  public List<String> missingNamespaces(Set<String> namespaces) {
    return namespaces.stream().filter(this::isMissing).sorted().toList();
  }

  private boolean isMissing(String namespace) {
    Event trial =
        new EventBuilder()
            .withNewMetadata()
            .withName(ClinicOperator.NAME + "-trial")
            .withNamespace(namespace)
            .endMetadata()
            .withNewInvolvedObject()
            .withNamespace(namespace)
            .endInvolvedObject()
            .build();
    try {
      client.resource(trial).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
  }

  /** Checks that DNS records can be published: the CRD exists, and RBAC allows it. */
  public void requireDNSEndpoints(Set<String> namespaces) {
    if (!knowsDNSEndpoints()) {
      throw new StartFailure(
          ExitReason.CRDS_MISSING,
          "--dns-endpoints: the cluster does not know dnsendpoints of "
              + HasMetadata.getApiVersion(DNSEndpoint.class)
              + ": install the CRD of external-dns, or leave the option out (dnsEndpoints.enabled in"
              + " the chart's values)");
    }
    requireRights(
        RequiredRights.ofDNSEndpoints(namespaces),
        "with the component deploy/components/dns-endpoints, or dnsEndpoints.enabled of the chart");
  }

  /** Checks that grants can be read. If they could not, every namespace would be trusted. */
  public void requireGrants() {
    String group = HasMetadata.getApiVersion(NgrokAccount.class);
    if (!missing(List.of(NgrokAccount.class), group).isEmpty()) {
      throw new StartFailure(
          ExitReason.CRDS_MISSING,
          "The cluster does not know ngrokaccounts of "
              + group
              + ": "
              + INSTALLING
              + ". Or trust every namespace with --no-grants (grants.enabled: false in the chart's"
              + " values)");
    }
    requireRights(
        RequiredRights.ofGrants(),
        "with the ClusterRole of deploy/base or deploy/overlays/namespaced, or give --no-grants"
            + " (grants.enabled: false in the chart's values) to trust every namespace");
  }

  /**
   * Checks that RBAC allows to serve the fleet page.
   *
   * @param reviewsTokens whether viewers log in with a token of Kubernetes
   */
  public void requireFleetPage(Set<String> namespaces, boolean reviewsTokens) {
    requireRights(
        RequiredRights.ofFleetPage(namespaces, reviewsTokens),
        "with the component deploy/components/fleet-page, or fleetPage.enabled of the chart");
  }

  /** Whether the CRD of external-dns exists. */
  boolean knowsDNSEndpoints() {
    return missing(List.of(DNSEndpoint.class), HasMetadata.getApiVersion(DNSEndpoint.class))
        .isEmpty();
  }

  /** Whether RBAC allows all of these rights. */
  boolean allows(List<ResourceAttributes> rights) {
    return rights.stream().allMatch(this::isAllowed);
  }

  private List<String> missing(List<Class<? extends HasMetadata>> kinds, String apiVersion) {
    APIResourceList list = client.getApiResources(apiVersion);
    Set<String> present =
        list == null
            ? Set.of()
            : list.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
    return kinds.stream()
        .map(HasMetadata::getPlural)
        .filter(plural -> !present.contains(plural))
        .toList();
  }

  private void requireRights(List<ResourceAttributes> rights, String granting) {
    String missing =
        rights.stream()
            .filter(right -> !isAllowed(right))
            .map(RequiredRights::text)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new StartFailure(
          ExitReason.RIGHTS_MISSING,
          "Kubernetes does not allow the operator to: " + missing + ". Grant it: " + granting);
    }
  }

  /** The name that distinguishes this cluster from others. */
  public String clusterUID() {
    try {
      Namespace namespace = client.namespaces().withName(IDENTITY_NAMESPACE).get();
      if (namespace != null) {
        return namespace.getMetadata().getUid();
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
    }
    throw new StartFailure(
        ExitReason.INSTANCE_UNKNOWN,
        "The namespace "
            + IDENTITY_NAMESPACE
            + ", whose uid names this installation, cannot be read: allow get, or give --instance"
            + " (instance in the chart's values)");
  }

  private boolean isAllowed(ResourceAttributes right) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(right)
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
