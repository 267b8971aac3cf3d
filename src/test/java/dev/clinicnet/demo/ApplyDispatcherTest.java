package dev.clinicnet.demo;

import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyDispatcherTest {
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final KubernetesClient client = kubernetes.adminClient();
  private final Clinic manifest =
      Checkout.read(Path.of("examples/clinic1/clinic.yaml"), Clinic.class);

  @AfterEach
  void close() {
    kubernetes.close();
  }

  @Test
  void applyCreates() {
    Clinic created = apply(manifest);

    assertThat(created.getMetadata().getGeneration()).isOne();
    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
    assertThat(created.getSpec()).isEqualTo(manifest.getSpec());
  }

  @Test
  void theTextsOfASecretAreKeptAmongItsData() {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("clinics")
            .withName("texts")
            .endMetadata()
            .withData(Map.of("old", "b2xk"))
            .withStringData(Map.of("new", "fake"))
            .build();

    client.resource(secret).serverSideApply();

    Secret stored = client.resource(secret).get();
    assertThat(stored.getData()).isEqualTo(Map.of("old", "b2xk", "new", "ZmFrZQ=="));
    assertThat(stored.getStringData()).isNullOrEmpty();
  }

  @Test
  void theSameAgainChangesNothing() {
    Clinic created = apply(manifest);

    assertThat(apply(manifest).getMetadata()).isEqualTo(created.getMetadata());
  }

  @Test
  void anAppliedFinalizerLeavesTheSpecAndTheGeneration() {
    Clinic created = apply(manifest);
    Clinic finalizer = bare();
    finalizer.getMetadata().setFinalizers(List.of("clinicnet.dev/clinic"));

    Clinic now = apply(finalizer);

    assertThat(now.getSpec()).isEqualTo(created.getSpec());
    assertThat(now.getMetadata().getFinalizers()).containsExactly("clinicnet.dev/clinic");
    assertThat(now.getMetadata().getGeneration()).isOne();
    assertThat(now.getMetadata().getResourceVersion())
        .isNotEqualTo(created.getMetadata().getResourceVersion());
  }

  @Test
  void anAppliedStatusReplacesTheOneBefore() {
    Clinic created = apply(manifest);
    applyStatus(clinicStatus().build());
    applyStatus(clinicStatus().observedGeneration(null).services(new ServicesStatus(3, 2)).build());

    Clinic now = client.resource(manifest).inNamespace("clinics").get();

    assertThat(now.getStatus().observedGeneration()).isNull();
    assertThat(now.getStatus().services()).isEqualTo(new ServicesStatus(3, 2));
    assertThat(now.getSpec()).isEqualTo(created.getSpec());
    assertThat(now.getMetadata().getGeneration()).isOne();
  }

  private Clinic apply(Clinic clinic) {
    return client.resource(clinic).inNamespace("clinics").fieldManager("test").serverSideApply();
  }

  private void applyStatus(ClinicStatus status) {
    Clinic clinic = bare();
    clinic.setStatus(status);
    client
        .resource(clinic)
        .inNamespace("clinics")
        .subresource("status")
        .patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY));
  }

  private Clinic bare() {
    Clinic clinic = new Clinic();
    clinic.setMetadata(new ObjectMetaBuilder().withName(manifest.getMetadata().getName()).build());
    return clinic;
  }
}
