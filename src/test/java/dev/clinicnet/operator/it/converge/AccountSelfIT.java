package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import org.junit.jupiter.api.Test;

/** What ngrok says about the account itself. */
class AccountSelfIT extends InOneNamespace {

  @Test
  void fullCaptureAndSuspensionAreMetrics() {
    account.call(
        "POST", "/_simulator/account", "{\"traffic_full_capture\": true, \"suspended\": true}");
    try (ClinicOperator operator = operator().start()) {
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains(
                      "ngrok_account_full_capture{account=\"default\"} 1.0",
                      "ngrok_account_suspended{account=\"default\"} 1.0"));

      account.call(
          "POST", "/_simulator/account", "{\"traffic_full_capture\": false, \"suspended\": false}");
      operator.refresh();

      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains(
                      "ngrok_account_full_capture{account=\"default\"} 0.0",
                      "ngrok_account_suspended{account=\"default\"} 0.0"));
    }
  }

  @Test
  void aPlatformThatDoesNotSayItIsAskedOnce() {
    account.call("POST", "/_simulator/account", "{\"self\": false}");
    try (ClinicOperator operator = operator().start()) {
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_account_listed{account=\"default\"} 1.0"));
      operator.refresh();
      eventually(
          () -> assertThat(account.requests().get("GET /reserved_domains")).isGreaterThan(1));

      assertThat(account.requests()).containsEntry("GET /self", 1);
      assertThat(operator.metrics())
          .contains(
              "ngrok_account_full_capture{account=\"default\"} NaN",
              "ngrok_account_suspended{account=\"default\"} 0.0");
    }
  }
}
