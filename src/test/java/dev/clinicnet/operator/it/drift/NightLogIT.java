package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What somebody on call reads at night: log, Events and conditions in the same words, and once. */
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
@SuppressWarnings("try") // An operator only has to run.
class NightLogIT extends InOneNamespace {
  @Test
  void aRefusalIsOneWarningInTheWordsOfTheEventAndTheConditionWithTheRequestBesideIt() {
    account.refuse("POST", "/endpoints", 400, "ERR_NGROK_2201");
    manifests.applyText(Site.withClinic("one", Site.api("one")));
    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitService("one-api", ConditionType.Programmed, "PolicyRejected");
      awaitSweeps(4);
      String condition = manifests.serviceSays("one-api", ConditionType.Programmed);
      String message = condition.substring(condition.indexOf(": ") + 2);

      String service = "ClinicService " + namespace.name() + "/one-api";
      assertThat(warnings(log))
          .containsExactly("WARN " + service + ": Programmed=False PolicyRejected: " + message);
      eventually(
          () ->
              assertThat(manifests.events())
                  .filteredOn(event -> event.getReason().equals("PolicyRejected"))
                  .singleElement()
                  .satisfies(event -> assertThat(event.getMessage()).isEqualTo(message)));
      assertThat(log.linesAbout(service + ": could not create endpoints"))
          .singleElement()
          .satisfies(
              line -> assertThat(line).containsPattern("^INFO .*\\(ngrok operation op_\\w+\\)$"));
      assertThat(message).doesNotContain("op_");
    }
  }

  @Test
  void whatWaitsForTheBudgetIsNoWarning() {
    account.refuse("POST", "/endpoints", 429, "ERR_NGROK_226");
    manifests.applyText(Site.withClinic("one", Site.api("one")));
    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = operator().start()) {
      manifests.awaitService("one-api", ConditionType.Programmed, "WaitingForBudget");

      assertThat(warnings(log)).isEmpty();
      // Other tests may run beside this one, and the line is about an account.
      assertThat(log.linesAbout("All requests to ngrok wait for"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).startsWith("INFO ").contains("ngrok operation op_"));
    }
  }

  private List<String> warnings(LogCapture log) {
    return log.linesAbout(namespace.name()).stream()
        .filter(line -> line.startsWith("WARN "))
        .toList();
  }
}
