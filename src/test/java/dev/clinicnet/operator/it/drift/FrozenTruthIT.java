package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.TcpProxy;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the account cannot be listed for any reason, no object claims what cannot be seen. */
@SuppressWarnings("try") // An operator only has to run.
class FrozenTruthIT extends InOneNamespace {
  /** Long enough for a list that fails to be repeated, and short for a test. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final List<String> SERVICES = List.of("one-api", "one-web", "one-db");

  private static final String EDITED =
      Site.https("one-api", "one", "one.api.example.com", "access: {denyCIDRs: [192.0.2.0/24]}");

  private TcpProxy network;

  @BeforeEach
  void connect() {
    network = TcpProxy.to(account.url());
  }

  @AfterEach
  void disconnect() {
    network.close();
  }

  @Test
  void aKeyThatIsRefused() {
    outage("APIKeyRejected", nothing -> refuse(401, "ERR_NGROK_206"), nothing -> repair());
  }

  @Test
  void aPlatformThatFails() {
    outage("PlatformUnavailable", nothing -> refuse(500, "ERR_NGROK_10000"), nothing -> repair());
  }

  @Test
  void aNetworkThatIsGone() {
    outage("PlatformUnavailable", nothing -> network.cut(), nothing -> network.mend());
  }

  @Test
  void oneFailureTellsNothing() {
    try (ClinicOperator operator = converged()) {
      Map<String, String> before = Settled.versions(manifests);
      account.fault("{\"method\": \"GET\", \"path\": \"/reserved_domains\", \"status\": 401}");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_account_listed{account=\"default\"} 0.0"));
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_account_listed{account=\"default\"} 1.0"));
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_api_key_accepted{account=\"default\"} 1.0"));
      awaitSweeps(2);
      assertThat(manifests.resourceVersions()).isEqualTo(before);
    }
  }

  @Test
  void oneObjectsFailureIsItsOwn() {
    try (ClinicOperator operator = converged()) {
      Map<String, String> before = Settled.versions(manifests);
      account.refuse("PATCH", "/endpoints/*", 500, "ERR_NGROK_10000");
      manifests.applyText(EDITED);
      eventually(
          () ->
              assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
                  .startsWith("False")
                  .contains("HTTP 500"));
      awaitSweeps(4);

      Map<String, String> after = manifests.resourceVersions();
      before.keySet().removeIf(FrozenTruthIT::isOfEditedSite);
      assertThat(after).containsAllEntriesOf(before);
      assertThat(manifests.clinicSays("one", ConditionType.Ready)).startsWith("True");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_account_listed{account=\"default\"} 1.0"));

      account.clearFaults();
      manifests.awaitAllReady();
    }
  }

  @Test
  void aSessionEndsOnTimeMeanwhileAndIsNotClaimedToBeOpen() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(
        Site.https(
            "desk",
            "one",
            "desk.api.example.com",
            "availability: OnDemand",
            "onDemand: {maxDuration: 1h, reasonRequired: false}"));
    try (ClinicOperator operator = watchful()) {
      manifests.awaitAllReady();
      manifests.applyText(
          """
          apiVersion: clinicnet.dev/v1alpha1
          kind: ClinicSession
          metadata: {name: visit}
          spec: {serviceRef: {name: desk}, duration: 30s}
          """);
      manifests.awaitSession("visit", SessionPhase.Open);
      network.cut();
      eventually(
          () ->
              assertThat(manifests.sessionSays("visit", ConditionType.Open))
                  .startsWith("Unknown PlatformUnavailable"));
      assertThat(manifests.session("visit").getStatus().phase()).isEqualTo(SessionPhase.Open);
      eventually(
          () ->
              assertThat(manifests.sessionSays("visit", ConditionType.Open))
                  .startsWith("False Expired"));
      network.mend();
      manifests.awaitSession("visit", SessionPhase.Closed);
    }
  }

  private void outage(String reason, Consumer<Void> begin, Consumer<Void> repair) {
    JsonNode agent;
    Map<String, Long> eventsBefore;
    try (ClinicOperator operator = converged()) {
      agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
      for (String service : SERVICES) {
        manifests.awaitService(service, ConditionType.AgentOnline, "EndpointBound");
      }
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      Settled.versions(manifests);
      eventsBefore = events();

      begin.accept(null);
      account.disconnectAgent(agent.path("id").asText());
      manifests.applyText(EDITED);

      eventually(() -> assertNothingIsClaimed(reason));
      eventually(
          () ->
              assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
                  .startsWith("False"));
      assertThat(manifests.clinicSays("one", ConditionType.AgentOnline))
          .contains("last seen as AgentConnected");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("clinic_agent_online NaN\n")
                  .contains("clinic_agents NaN\n")
                  .contains("ngrok_account_listed{account=\"default\"} 0.0")
                  .contains(
                      "ngrok_api_key_accepted{account=\"default\"} "
                          + (reason.equals("APIKeyRejected") ? "0.0" : "1.0")));
      assertAtMostOneEventEach(eventsBefore);
    }
    Map<String, String> told = manifests.resourceVersions();
    Map<String, String> words = words();
    told.keySet().removeIf(FrozenTruthIT::isOfEditedSite);

    try (ClinicOperator restarted = watchful()) {
      eventually(() -> assertThat(restarted.metrics()).contains("clinic_agents NaN\n"));
      Settled.awaitStill(() -> words().equals(words));
      assertNothingIsClaimed(reason);
      assertThat(manifests.resourceVersions()).containsAllEntriesOf(told);

      repair.accept(null);

      manifests.awaitAllReady();
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentOffline");
      for (String service : SERVICES) {
        manifests.awaitService(service, ConditionType.AgentOnline, "EndpointNotBound");
      }
      manifests.awaitClinic("two", ConditionType.AgentOnline, "NeverConnected");
      eventually(
          () ->
              assertThat(restarted.metrics())
                  .contains("clinic_agent_online 0.0\n")
                  .contains("ngrok_account_listed{account=\"default\"} 1.0")
                  .contains("ngrok_api_key_accepted{account=\"default\"} 1.0"));
    }
    Map<String, Long> meanwhile = events();
    meanwhile.replaceAll((object, count) -> count - eventsBefore.getOrDefault(object, 0L));
    assertThat(meanwhile).containsEntry("Clinic one", 1L);
    meanwhile.keySet().removeAll(List.of("Clinic one", "ClinicService one-api"));
    assertThat(meanwhile)
        .allSatisfy(
            (object, count) ->
                // The endpoints of the first site's agent are no longer bound.
                assertThat(count)
                    .as(object)
                    .isEqualTo(object.startsWith("ClinicService one-") ? 1 : 0));
  }

  /** Checks every object except the edited one, which reports the failure of its own request. */
  private void assertNothingIsClaimed(String reason) {
    for (Clinic clinic : manifests.clinics()) {
      assertThat(Manifests.conditions(clinic))
          .filteredOn(c -> isSeenAtNgrok(c))
          .as(clinic.getMetadata().getName())
          .allSatisfy(condition -> assertUnseen(condition, reason));
    }
    for (ClinicService service : manifests.services()) {
      boolean edited = service.getMetadata().getName().equals("one-api");
      assertThat(Manifests.conditions(service))
          .filteredOn(c -> isSeenAtNgrok(c) && !(edited && isOfOwnRequest(c)))
          .as(service.getMetadata().getName())
          .allSatisfy(condition -> assertUnseen(condition, reason));
    }
  }

  private static void assertUnseen(Condition condition, String reason) {
    assertThat(condition.status()).as(condition.type()).isEqualTo(ConditionStatus.Unknown);
    assertThat(condition.reason()).as(condition.type()).isEqualTo(reason);
    assertThat(condition.message()).startsWith("Not known since 20");
  }

  private static boolean isSeenAtNgrok(Condition condition) {
    return List.of("Ready", "Programmed", "AgentOnline", "SiteKitCurrent", "DomainsReady")
        .contains(condition.type());
  }

  private static boolean isOfOwnRequest(Condition condition) {
    return List.of("Ready", "Programmed").contains(condition.type());
  }

  /** The conditions of every object except the edited one. */
  private Map<String, String> words() {
    Map<String, String> words =
        manifests.services().stream()
            .filter(service -> !service.getMetadata().getName().equals("one-api"))
            .collect(
                Collectors.toMap(
                    service -> service.getMetadata().getName(),
                    service ->
                        manifests.serviceSays(
                            service.getMetadata().getName(), ConditionType.Ready)));
    manifests
        .clinics()
        .forEach(
            clinic ->
                words.put(
                    "Clinic " + clinic.getMetadata().getName(),
                    manifests.clinicSays(clinic.getMetadata().getName(), ConditionType.Ready)));
    return words;
  }

  private static boolean isOfEditedSite(String object) {
    return object.contains("one");
  }

  private void assertAtMostOneEventEach(Map<String, Long> before) {
    events()
        .forEach(
            (object, count) ->
                assertThat(count - before.getOrDefault(object, 0L))
                    .as(object)
                    .isLessThanOrEqualTo(object.equals("ClinicService one-api") ? 1 : 0));
  }

  private Map<String, Long> events() {
    return manifests.events().stream()
        .map(Event::getInvolvedObject)
        .map(about -> about.getKind() + " " + about.getName())
        .collect(Collectors.groupingBy(object -> object, Collectors.counting()));
  }

  private void refuse(int status, String code) {
    account.refuse("*", "/*", status, code);
  }

  private void repair() {
    account.clearFaults();
  }

  private ClinicOperator converged() {
    manifests.applyText(Site.all("one"));
    manifests.applyText(Site.all("two"));
    ClinicOperator operator = watchful();
    manifests.awaitAllReady();
    manifests.awaitClinic("one", ConditionType.DomainsReady, "DomainsReady");
    manifests.awaitClinic("two", ConditionType.DomainsReady, "DomainsReady");
    awaitSweeps(2);
    return operator;
  }

  private ClinicOperator watchful() {
    return operator(network.url()).withIntervals(INTERVAL, INTERVAL).withTimeout(INTERVAL).start();
  }
}
