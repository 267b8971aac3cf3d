package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A released address can never be reserved again, so it is reserved once, also after failures. */
@SuppressWarnings("try") // An operator only has to run.
class AddressCrashIT extends InOneNamespace {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void apply() {
    manifests.applyText(Examples.clinic("WhenUnused"));
    manifests.applyText(Examples.database());
  }

  @Test
  void aRequestThatNeverArrivedIsMadeOnceMore() {
    account.fault("{\"method\": \"POST\", \"path\": \"/reserved_addrs\", \"drop\": true}");

    try (ClinicOperator operator = operator().start()) {
      assertOneAddress();
    }
  }

  @Test
  void anAddressWhoseAnswerWasLostIsFoundByItsMark() {
    account.fault(
        """
        {"method": "POST", "path": "/reserved_addrs", "after": "commit", "drop": true}
        """);

    try (ClinicOperator operator = operator().start()) {
      assertOneAddress();
      assertThat(account.writes()).containsEntry("POST /reserved_addrs", 1);
    }
  }

  @Test
  void anOperatorThatDiesBeforeItsRequestIsExecutedLeavesOnlyItsIntent() {
    account.fault(
        """
        {"method": "POST", "path": "/reserved_addrs", "hold": true, "status": 503}
        """);

    String nonce = dieWhileHeld();

    assertThat(account.all("reserved_addrs")).isEmpty();
    try (ClinicOperator next = operator().start()) {
      assertOneAddress();
      assertThat(account.all("reserved_addrs").get(0).path("metadata").asText()).contains(nonce);
    }
  }

  @Test
  void anOperatorThatDiesBeforeItHasTheAnswerLeavesAnAddressThatTheNextOneFinds() {
    account.fault(
        """
        {"method": "POST", "path": "/reserved_addrs", "after": "commit", "hold": true}
        """);

    String nonce = dieWhileHeld();

    String reserved = account.names("reserved_addrs", "addr").get(0);
    try (ClinicOperator next = operator().start()) {
      assertOneAddress();
      assertThat(account.names("reserved_addrs", "addr")).containsExactly(reserved);
      assertThat(account.all("reserved_addrs").get(0).path("metadata").asText()).contains(nonce);
    }
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

  /** Closes the operator while the platform holds its answer, and returns the nonce. */
  private String dieWhileHeld() {
    try (ClinicOperator operator = operator().start()) {
      await().atMost(PATIENCE).until(() -> account.held() == 1);
    }
    account.clearFaults();
    ClinicServiceStatus status = manifests.service("patient-db").getStatus();
    assertThat(status.address().id()).isNull();
    return status.address().nonce();
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
