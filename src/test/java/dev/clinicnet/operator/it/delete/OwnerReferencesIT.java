package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.OperatorAgent;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A cluster that requires further rights of a user who sets or removes an owner (as OpenShift
 * does). The operator's rights suffice, except to keep the Secret of a Clinic that is retained.
 */
@SuppressWarnings("try") // An operator only has to run.
@Execution(ExecutionMode.CONCURRENT)
class OwnerReferencesIT {
  private static final String HOME = "clinic-operator";
  private static final String RETAINED =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: kept}
      spec: {deletionPolicy: Retain}
      """;
  private static final String MORE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: clinic-operator-retain}
      rules: [{apiGroups: [""], resources: [secrets], verbs: [delete]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: clinic-operator-retain}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: clinic-operator-retain}
      subjects: [{kind: ServiceAccount, name: clinic-operator, namespace: clinic-operator}]
      """;

  @Test
  void whatIsGrantedSufficesExceptForRetaining() {
    try (RealKubernetes kubernetes =
            RealKubernetes.start(
                List.of("--enable-admission-plugins=OwnerReferencesPermissionEnforcement"));
        NgrokAccount account = NgrokAccount.open()) {
      kubernetes.apply(Path.of("crds"));
      kubernetes.apply(Path.of("deploy/base"));
      KubernetesClient client = kubernetes.clientOf(HOME, HOME, OperatorAgent.NAME);
      Manifests manifests = new Manifests(kubernetes.adminClient(), "default");
      manifests.applyText(Examples.clinic("WhenUnused"));
      manifests.applyText(RETAINED);
      try (ClinicOperator operator = RunningOperator.on(client, "default", account.url()).start()) {
        manifests.awaitAllReady();
        assertThat(manifests.secret("clinic1-site-kit").getMetadata().getOwnerReferences())
            .hasSize(1);

        manifests.deleteClinic("clinic1");
        manifests.awaitClinicGone("clinic1");
        manifests.deleteClinic("kept");
        manifests.awaitClinic("kept", ConditionType.Programmed, "SiteKitNotWritten");
        assertThat(manifests.clinicSays("kept", ConditionType.Programmed))
            .contains("cannot set an ownerRef on a resource you can't delete");
        kubernetes.apply(MORE);
        manifests.awaitClinicGone("kept");
        assertThat(manifests.secret("kept-site-kit").getMetadata().getOwnerReferences()).isEmpty();
      }
    }
  }
}
