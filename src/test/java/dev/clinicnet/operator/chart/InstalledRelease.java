package dev.clinicnet.operator.chart;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The chart, as a platform team installs it on a cluster that has never seen the operator: not the
 * one that other tests share.
 */
final class InstalledRelease {
  /** The release, and its namespace. */
  static final String NAME = "clinic-operator";

  private static RealKubernetes kubernetes;

  private InstalledRelease() {}

  /** The cluster of all tests of releases; it ends with the JVM. */
  static synchronized RealKubernetes kubernetes() {
    if (kubernetes == null) {
      kubernetes = RealKubernetes.start();
    }
    return kubernetes;
  }

  static KubernetesClient admin() {
    return kubernetes().adminClient();
  }

  static Helm helm() {
    return Helm.on(kubernetes().adminKubeconfigFile());
  }

  /** Makes a namespace, unless it is there. */
  static void makeNamespace(String name) {
    admin()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }

  /** Makes the Secret that the operator is started with. */
  static void writeKey(String key) {
    admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAME)
                .withName("clinic-operator-ngrok")
                .endMetadata()
                .withStringData(Map.of("api-key", key))
                .build())
        .serverSideApply();
  }

  /** Runs {@code helm install}, and returns the notes. */
  static String install(String... values) {
    return helm("install", values);
  }

  /** Runs {@code helm upgrade}. */
  static String upgrade(String... values) {
    return helm("upgrade", values);
  }

  /** Runs {@code helm uninstall}, if it is installed. */
  static void uninstall() {
    helm().run("uninstall", NAME, "--namespace", NAME, "--ignore-not-found");
  }

  static Deployment deployment() {
    return admin().apps().deployments().inNamespace(NAME).withName(NAME).require();
  }

  /** A client with the rights of a role of the release in one namespace, as a ServiceAccount. */
  static KubernetesClient clientAs(String account, String clusterRole, String namespace) {
    kubernetes()
        .apply(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(account)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole)
                .addNewSubject(null, "ServiceAccount", account, namespace)
                .build());
    return kubernetes().clientAs(user(account, namespace));
  }

  /** The name of a ServiceAccount at the API server. */
  static String user(String account, String namespace) {
    return "system:serviceaccount:" + namespace + ":" + account;
  }

  /** Removes the Clinics and services of a namespace, also with finalizers. */
  static void removeManifests(String namespace) {
    for (Class<? extends HasMetadata> kind :
        List.of(ClinicSession.class, ClinicService.class, Clinic.class)) {
      for (HasMetadata object : admin().resources(kind).inNamespace(namespace).list().getItems()) {
        admin()
            .resource(object)
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        admin().resource(object).delete();
      }
    }
  }

  private static String helm(String command, String... values) {
    List<String> arguments =
        new ArrayList<>(List.of(command, NAME, Helm.CHART, "--namespace", NAME));
    arguments.addAll(List.of(values));
    return helm().run(arguments.toArray(String[]::new));
  }
}
