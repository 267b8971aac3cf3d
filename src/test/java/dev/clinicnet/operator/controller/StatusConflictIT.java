package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OwnKubernetes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A status over an old version of an object, written with the operator's rights. */
@OwnKubernetes
class StatusConflictIT extends InOneNamespace {
  private static final String OLD = "1";

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();
  private KubernetesClient client;

  @BeforeEach
  void connect() {
    client = namespace.operatorClient();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsAConflictAndNoRefusalForEachKind() {
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: one}
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: one}
        spec:
          clinicRef: {name: one}
          upstream: {url: "http://10.0.0.1"}
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: one}
        spec:
          serviceRef: {name: one}
          duration: 10m
          reason: A test
        """);
    grants.apply(namespace.name(), "Retain", "- {name: team, namespaces: {names: [nowhere]}}");

    assertConflict(named(new Clinic(), namespace.name(), "one"));
    assertConflict(named(new ClinicService(), namespace.name(), "one"));
    assertConflict(named(new ClinicSession(), namespace.name(), "one"));
    assertConflict(named(new NgrokAccount(), null, namespace.name()));
  }

  private void assertConflict(HasMetadata status) {
    assertThatThrownBy(() -> StatusWriter.apply(status, client, WriteGuard.ALWAYS))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  private static <P extends HasMetadata> P named(P object, String namespace, String name) {
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withResourceVersion(OLD)
            .build());
    return object;
  }
}
