package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Objects that stay at ngrok after somebody has removed the finalizers by hand. */
@SuppressWarnings("try") // An operator only has to run.
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class OrphansIT extends InOneNamespace {
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final List<String> SERVICES = List.of("one-api", "one-web", "one-db");
  private static final List<String> OWNED =
      List.of("endpoints", "reserved_addrs", "credentials", "service_users");

  @Test
  void theyAreToldAndStayAndAManifestThatComesBackTakesThemUp() {
    orphanAll();
    List<String> before = held();
    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = watchfulOperator().start()) {
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("clinicnet_orphans{account=\"default\",kind=\"credentials\"} 1.0")
                  .contains("clinicnet_orphans{account=\"default\",kind=\"endpoints\"} 3.0")
                  .contains("clinicnet_orphans{account=\"default\",kind=\"reserved_addrs\"} 1.0")
                  .contains(
                      "clinicnet_orphans{account=\"default\",kind=\"reserved_domains\"} 1.0"));
      awaitSweeps(3);
      assertThat(account.writes()).isEmpty();
      assertThat(held()).isEqualTo(before);
      assertThat(log.text().lines())
          .filteredOn(line -> line.contains("WARN") && line.contains("is still at ngrok"))
          .filteredOn(line -> line.contains(namespace.name()))
          .hasSize(6)
          .allMatch(line -> line.contains("--remove-orphans"));

      manifests.applyText(Site.all("one"));
      manifests.awaitAllReady();
      eventually(() -> assertThat(operator.metrics()).doesNotContainPattern("orphans.* [1-9]"));
      assertThat(account.writes().keySet()).noneMatch(request -> request.startsWith("DELETE"));
    }
  }

  @Test
  void whereThatIsWishedTheyGoAfterTheUndoWindow() {
    orphanAll();
    RunningOperator removing = watchfulOperator().withUndoWindow(WINDOW).removingOrphans();
    try (ClinicOperator operator = removing.start()) {
      eventually(
          () -> assertThat(marked()).isNotEmpty().allMatch(row -> mark(row).retiredAt() != null));
      awaitSweeps(3);
      assertThat(account.writes().keySet()).noneMatch(request -> request.startsWith("DELETE"));
    }
    try (ClinicOperator operator =
        removing.startAt(Clock.offset(Clock.systemUTC(), WINDOW.plusHours(1)))) {
      eventually(() -> OWNED.forEach(kind -> assertThat(account.all(kind)).as(kind).isEmpty()));
      eventually(
          () ->
              assertThat(account.names("reserved_domains", "domain")).containsExactly(Site.SHARED));
    }
  }

  @Test
  void whatWasSeenToBeDeletedGoesThoughItsFinalizersWereTakenAway() {
    convergeOnce(Site.all("one"));
    try (ClinicOperator operator = watchfulOperator().withUndoWindow(WINDOW).start()) {
      manifests.awaitAllReady();
      // ngrok refuses for a while, and a user removes the finalizers.
      account.refuse("DELETE", "/endpoints/*", 500, "ERR_NGROK_500");
      account.refuse("DELETE", "/credentials/*", 500, "ERR_NGROK_500");
      manifests.deleteAll();
      // The operator has seen each deletion, and could not finish it.
      eventually(
          () -> {
            assertThat(manifests.clinicSays("one", ConditionType.Programmed)).startsWith("False");
            for (String service : SERVICES) {
              assertThat(manifests.serviceSays(service, ConditionType.Programmed))
                  .as(service)
                  .startsWith("False");
            }
          });
      manifests.forceClinicAway("one");
      SERVICES.forEach(manifests::forceServiceAway);
      manifests.awaitGone();
      account.clearFaults();

      eventually(
          () ->
              List.of("endpoints", "credentials", "service_users")
                  .forEach(kind -> assertThat(account.all(kind)).as(kind).isEmpty()));
      // Names that could be lost are kept for the window.
      eventually(() -> assertThat(mark(only("reserved_addrs")).retiredAt()).isNotNull());
    }
  }

  @Test
  void whatIsRetainedAndWhatAnotherInstallationHasIsNoOrphan() {
    manifests.applyText(Site.clinic("kept", "deletionPolicy: Retain"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.deleteAll();
      manifests.awaitGone();
      awaitSweeps(4);
      assertThat(operator.metrics()).doesNotContainPattern("orphans.* [1-9]");
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  /** Makes a site at ngrok whose manifests are gone. */
  private void orphanAll() {
    convergeOnce(Site.all("one"));
    manifests.deleteAll();
    manifests.forceClinicAway("one");
    SERVICES.forEach(manifests::forceServiceAway);
    manifests.awaitGone();
    account.forgetRequests();
  }

  private List<JsonNode> marked() {
    return List.of("endpoints", "reserved_addrs", "credentials", "reserved_domains").stream()
        .flatMap(kind -> account.all(kind).stream())
        .filter(row -> !row.path("domain").asText().equals(Site.SHARED))
        .toList();
  }

  private List<String> held() {
    return OWNED.stream()
        .flatMap(kind -> account.all(kind).stream())
        .map(JsonNode::toString)
        .toList();
  }
}
