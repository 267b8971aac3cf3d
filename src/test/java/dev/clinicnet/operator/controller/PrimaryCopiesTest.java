package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class PrimaryCopiesTest {
  private final PrimaryCopies copies = new PrimaryCopies(new KubernetesSerialization());

  @Test
  void aCopyOfAClinicHasItsOwnMetadataAndSharesTheRest() {
    Clinic clinic = ClinicBuilder.clinic("clinic1").build();
    clinic.setStatus(ClinicStatus.of(clinic));

    Clinic copy = copies.clone(clinic);
    copy.addFinalizer("example.com/hold");

    assertThat(clinic.getFinalizers()).isEmpty();
    assertThat(copy.getMetadata().getName()).isEqualTo("clinic1");
    assertThat(copy.getSpec()).isSameAs(clinic.getSpec());
    assertThat(copy.getStatus()).isSameAs(clinic.getStatus());
  }

  @Test
  void aCopyOfAnotherKindSharesNothing() {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("map")
            .endMetadata()
            .addToData("a", "b")
            .build();

    ConfigMap copy = copies.clone(map);
    copy.getData().put("a", "c");

    assertThat(map.getData()).containsEntry("a", "b");
  }
}
