package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A released address can never be reserved again. It is found by its mark when its status is lost.
 */
@SuppressWarnings("try") // An operator only has to run.
class ClearedStatusIT extends InOneNamespace {
  @BeforeEach
  void apply() {
    manifests.applyText(Examples.clinic("WhenUnused"));
    manifests.applyText(Examples.database());
  }

  @Test
  void aStatusThatSomebodyClearedIsFilledWithTheSameAddress() {
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      clearStatus();
      manifests.annotateService("patient-db", "clinicnet.dev/look", "again");

      assertOneAddress();
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aStatusThatWasClearedWhileNobodyWorkedIsFilledWithTheSameAddress() {
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
    }
    account.forgetRequests();

    clearStatus();

    try (ClinicOperator next = operator().start()) {
      assertOneAddress();
      assertThat(account.writes()).isEmpty();
    }
  }

  private void clearStatus() {
    namespace
        .admin()
        .resources(ClinicService.class)
        .inNamespace(namespace.name())
        .withName("patient-db")
        .editStatus(
            service -> {
              service.setStatus(ClinicServiceStatus.EMPTY);
              return service;
            });
  }

  private void assertOneAddress() {
    manifests.awaitAllReady();
    assertThat(account.all("reserved_addrs")).hasSize(1);
    var address = manifests.service("patient-db").getStatus().address();
    assertThat(address.id()).isEqualTo(account.names("reserved_addrs", "id").get(0));
    assertThat(account.names("endpoints", "url")).containsExactly("tcp://" + address.addr());
  }
}
