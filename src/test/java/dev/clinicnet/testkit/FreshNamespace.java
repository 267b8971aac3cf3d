package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test its own namespace on the API server of its class, which most classes share:
 *
 * <pre>{@code
 * @RegisterExtension final FreshNamespace namespace = FreshNamespace.withControllers();
 * }</pre>
 *
 * <p>After the test, its Clinics and other objects are removed, also those with finalizers, so that
 * no operator of a later test meets them. The namespace itself stays until the API server ends.
 * Otherwise the controllers, which start later, would have to empty hundreds of deleted namespaces
 * before that of their test.
 */
public final class FreshNamespace implements BeforeEachCallback, AfterEachCallback {

  /** The account in {@code deploy/base}, and its namespace. */
  private static final String ACCOUNT = "clinic-operator";

  private final boolean controllers;
  private RealKubernetes kubernetes;
  private KubernetesClient operator;
  private String name;

  private FreshNamespace(boolean controllers) {
    this.controllers = controllers;
  }

  /** Without controllers: owner references have no effect, and a deleted namespace stays. */
  public static FreshNamespace withoutControllers() {
    return new FreshNamespace(false);
  }

  /** With controllers: owned objects are collected, and a deleted namespace disappears. */
  public static FreshNamespace withControllers() {
    return new FreshNamespace(true);
  }

  /** The namespace's name. */
  public String name() {
    return name;
  }

  /** The API server of the test's class, which most classes share. Do not close it. */
  public RealKubernetes kubernetes() {
    return kubernetes;
  }

  /** A client with all rights, in this namespace unless told otherwise. */
  public NamespacedKubernetesClient admin() {
    return kubernetes.adminClient().adapt(NamespacedKubernetesClient.class).inNamespace(name);
  }

  /**
   * The operator's client, in this namespace unless told otherwise. Its requests count as those for
   * which the operator needs its rights.
   */
  public synchronized NamespacedKubernetesClient operator() {
    if (operator == null) {
      operator = operatorClient();
    }
    return operator.adapt(NamespacedKubernetesClient.class).inNamespace(name);
  }

  /** A new client for the operator, in no namespace. The caller closes it. */
  public KubernetesClient operatorClient() {
    return kubernetes.clientOf(ACCOUNT, ACCOUNT, OperatorAgent.NAME);
  }

  /** A client with the operator's rights, for a test that tries them; the caller closes it. */
  public NamespacedKubernetesClient borrowedRights() {
    return kubernetes
        .clientOf(ACCOUNT, ACCOUNT, "test")
        .adapt(NamespacedKubernetesClient.class)
        .inNamespace(name);
  }

  /**
   * Grants the operator in this namespace what {@code deploy/base} grants it in its own, so that
   * each test has a Lease.
   */
  public void allowLeases() {
    Role atHome = admin().rbac().roles().inNamespace(ACCOUNT).withName(ACCOUNT).get();
    Role role =
        new RoleBuilder()
            .withNewMetadata()
            .withName(ACCOUNT)
            .withNamespace(name)
            .endMetadata()
            .withRules(atHome.getRules())
            .build();
    RoleBinding binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(ACCOUNT)
            .withNamespace(name)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", ACCOUNT)
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(ACCOUNT)
            .withNamespace(ACCOUNT)
            .endSubject()
            .build();
    kubernetes.apply(role);
    kubernetes.apply(binding);
  }

  /** A token of the operator's account. */
  public String operatorToken() {
    return kubernetes.token(ACCOUNT, ACCOUNT);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    kubernetes = OwnKubernetes.Loan.of(context);
    if (controllers) {
      Assumptions.assumeTrue(
          kubernetes.hasControllers(),
          "needs kube-controller-manager, which a downloaded Kubernetes lacks: install Go");
      kubernetes.startControllers();
    }
    name =
        kubernetes
            .adminClient()
            .resource(
                new NamespaceBuilder().withNewMetadata().withGenerateName("test-").and().build())
            .create()
            .getMetadata()
            .getName();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (name == null) {
      return;
    }
    closeOperator();
    SharedKubernetes.kinds(kubernetes).forEach(this::removeAll);
  }

  private synchronized void closeOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  private void removeAll(CustomResourceDefinitionContext kind) {
    var resources = admin().genericKubernetesResources(kind).inNamespace(name);
    for (GenericKubernetesResource resource : resources.list().getItems()) {
      String resourceName = resource.getMetadata().getName();
      if (!kind.isNamespaceScoped() && !resourceName.equals(name)) {
        continue; // It belongs to another test, which may run now.
      }
      resources.withName(resourceName).delete();
      if (resources.withName(resourceName).get() != null) {
        resources
            .withName(resourceName)
            .edit(
                left -> {
                  left.getMetadata().setFinalizers(List.of());
                  return left;
                });
      }
    }
  }
}
