package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A shared authority, or what a newer version builds, goes out by waves: to canaries first, and no
 * further while one is worse.
 */
@SuppressWarnings("try") // An operator only has to run.
class WavesIT extends InOneNamespace {
  private static final int CLINICS = 20;
  private static final List<String> CANARIES = List.of("c07", "c13");
  private static final String ACCESS =
      "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: staff-ca, key: ca.crt}}]}}";

  private RunningOperator waving() {
    return waving(new WaveOptions(10, 25, Duration.ofSeconds(1)));
  }

  private RunningOperator waving(WaveOptions options) {
    return watchfulOperator().withWaves(options);
  }

  @Test
  void aRefusedPolicyOfACanaryStopsTheOthersUntilItIsMended() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    Map<String, String> before;
    try (ClinicOperator operator = waving().start()) {
      manifests.awaitAllReady();
      before = policies();
      account.refuse("PATCH", "/endpoints/" + endpoint("c07"), 400, "ERR_NGROK_2201");

      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));

      manifests.awaitService("c07-api", ConditionType.Programmed, "PolicyRejected");
      manifests.awaitService("c20-api", ConditionType.Programmed, "WaveStopped");
      assertThat(manifests.serviceSays("c20-api", ConditionType.Programmed))
          .contains("ClinicService " + namespace.name() + "/c07-api says PolicyRejected");
      eventually(() -> assertThat(changedSince(before)).containsExactly("c13"));
      assertThat(operator.metrics())
          .contains(
              "ngrok_wave_stopped{account=\"default\"} 1.0",
              "ngrok_wave_clinics_waiting{account=\"default\"} 18.0");

      // What a user asks for does not wait.
      manifests.applyText(service("c20", "[/api, /v2]"));
      manifests.awaitService("c20-api", ConditionType.Ready, "Programmed");
      assertThat(changedSince(before)).containsExactly("c13", "c20");
      assertThat(policies().get("c20")).contains("/v2");
    }
    try (ClinicOperator operator = waving().start()) {
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_wave_stopped{account=\"default\"} 1.0"));
      assertThat(changedSince(before)).containsExactly("c13", "c20");
      account.clearFaults();
      account.forgetRequests();

      manifests.annotateService("c07-api", Annotations.RETRY, "mended");

      manifests.awaitAllReady();
      assertThat(changedSince(before)).hasSize(CLINICS);
      assertThat(account.writesInOrder())
          .hasSize(CLINICS - 2)
          .first()
          .isEqualTo("PATCH /endpoints/" + endpoint("c07"));
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("ngrok_wave_stopped{account=\"default\"} 0.0"));
    }
  }

  @Test
  void belowTheThresholdAllGoAtOnce() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    WaveOptions large = new WaveOptions(CLINICS + 1, 10, Duration.ofMinutes(10));
    try (ClinicOperator operator = waving(large).start()) {
      manifests.awaitAllReady();
      Map<String, String> before = policies();

      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));

      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS));
      manifests.awaitAllReady();
    }
  }

  @Test
  void aLostAgentOfACanaryStopsTheOthersUntilItIsBack() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    WaveOptions patient = new WaveOptions(10, 100, Duration.ofSeconds(10));
    try (ClinicOperator operator = waving(patient).start()) {
      manifests.awaitAllReady();
      String kit = manifests.publishedFile("c07-site-kit", "ngrok.yml").orElseThrow();
      String agent = id(account.connectAgent(kit));
      manifests.awaitClinic("c07", ConditionType.AgentOnline, "AgentConnected");
      Map<String, String> before = policies();
      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));
      eventually(() -> assertThat(changedSince(before)).containsExactlyElementsOf(CANARIES));

      account.disconnectAgent(agent);

      manifests.awaitService("c20-api", ConditionType.Programmed, "WaveStopped");
      assertThat(manifests.serviceSays("c20-api", ConditionType.Programmed))
          .contains("Clinic " + namespace.name() + "/c07 has lost its agent");
      assertThat(operator.metrics()).contains("ngrok_wave_stopped{account=\"default\"} 1.0");
      assertThat(changedSince(before)).containsExactlyElementsOf(CANARIES);

      account.connectAgent(kit);

      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS));
      manifests.awaitAllReady();
    }
  }

  @Test
  void theNextProcessSendsTheRestInPortionsAlsoBelowTheThreshold() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    WaveOptions options = new WaveOptions(15, 25, Duration.ofSeconds(6));
    Map<String, String> before;
    try (ClinicOperator operator = waving(options).start()) {
      manifests.awaitAllReady();
      before = policies();
      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));
      manifests.awaitService("c20-api", ConditionType.Programmed, "WaitingForWave");
      eventually(
          () ->
              assertThat(changedSince(before))
                  .containsExactly("c01", "c02", "c03", "c04", "c05", "c07", "c13"));
    }
    account.forgetRequests();

    try (ClinicOperator operator = waving(options).start()) {
      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS));
      manifests.awaitAllReady();

      List<String> order = clinicsInOrder();
      assertThat(order.subList(0, 5)).containsExactlyInAnyOrder("c06", "c08", "c09", "c10", "c11");
      assertThat(order.subList(5, 10)).containsExactlyInAnyOrder("c12", "c14", "c15", "c16", "c17");
      assertThat(order.subList(10, 13)).containsExactlyInAnyOrder("c18", "c19", "c20");
    }
  }

  @Test
  void whoBecomesACanaryInAWaveIsTheNextToGo() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt")));
    WaveOptions patient = new WaveOptions(10, 100, Duration.ofSeconds(10));
    try (ClinicOperator operator = waving(patient).start()) {
      manifests.awaitAllReady();
      Map<String, String> before = policies();
      account.forgetRequests();
      manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));
      eventually(() -> assertThat(changedSince(before)).containsExactlyElementsOf(CANARIES));

      manifests.applyText(canary("c20"));

      manifests.awaitService("c20-api", ConditionType.Ready, "Programmed");
      assertThat(changedSince(before)).containsExactly("c07", "c13", "c20");
      assertThat(operator.metrics())
          .contains(
              "ngrok_wave_number{account=\"default\"} 2.0",
              "ngrok_wave_clinics_waiting{account=\"default\"} 17.0");
      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS));
      manifests.awaitAllReady();
      assertThat(account.writesInOrder())
          .hasSize(CLINICS)
          .element(2)
          .isEqualTo("PATCH /endpoints/" + endpoint("c20"));
    }
  }

  @Test
  void whatANewerVersionBuildsGoesToTheCanariesFirst() {
    names().forEach(name -> manifests.applyText(fleetClinic(name) + "---\n" + Site.api(name)));
    try (ClinicOperator operator = waving().start()) {
      manifests.awaitAllReady();
    }
    Map<String, String> built = policies();
    Map<String, EndpointStatus> statuses = endpointStatuses();
    names().forEach(name -> leaveAsAnEarlierVersion(name, built.get(name)));
    Map<String, String> before = policies();
    assertThat(changedSince(built)).hasSize(CLINICS);
    account.forgetRequests();
    String slow = "/endpoints/" + endpoint("c13");
    account.fault("{\"method\": \"PATCH\", \"path\": \"" + slow + "\", \"hold\": true}");

    try (ClinicOperator operator = waving().start()) {
      manifests.awaitService("c20-api", ConditionType.Programmed, "WaitingForWave");
      eventually(() -> assertThat(account.held()).isEqualTo(1));
      eventually(() -> assertThat(changedSince(before)).containsExactly("c07"));
      Settled.awaitStill(() -> changedSince(before).equals(List.of("c07")));
      assertThat(operator.metrics())
          .contains(
              "ngrok_wave_number{account=\"default\"} 1.0",
              "ngrok_wave_clinics_waiting{account=\"default\"} 18.0");
      account.clearFaults();

      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS));
      manifests.awaitAllReady();

      assertThat(policies()).isEqualTo(built);
      assertThat(endpointStatuses()).isEqualTo(statuses);
      List<String> order = clinicsInOrder();
      assertThat(order).hasSize(CLINICS);
      assertThat(order.subList(0, 2)).containsExactlyInAnyOrderElementsOf(CANARIES);
      assertThat(order.subList(2, 7)).containsExactlyInAnyOrder("c01", "c02", "c03", "c04", "c05");
      assertThat(order.subList(7, 12)).containsExactlyInAnyOrder("c06", "c08", "c09", "c10", "c11");
      assertThat(order.subList(12, 17))
          .containsExactlyInAnyOrder("c12", "c14", "c15", "c16", "c17");
      assertThat(order.subList(17, 20)).containsExactlyInAnyOrder("c18", "c19", "c20");
    }
  }

  @Test
  void whatTakesAccessAwayDoesNotWait() {
    applyFleet();
    manifests.applyText(authority(Fixtures.read("ca.crt") + Fixtures.read("partner-ca.crt")));
    try (ClinicOperator operator = waving().start()) {
      manifests.awaitAllReady();
      Map<String, String> before = policies();
      account.refuse("PATCH", "/endpoints/" + endpoint("c07"), 400, "ERR_NGROK_2201");

      manifests.applyText(authority(Fixtures.read("ca.crt")));

      eventually(() -> assertThat(changedSince(before)).hasSize(CLINICS - 1));
      assertThat(operator.metrics()).contains("ngrok_wave_number{account=\"default\"} 0.0");
    }
  }

  private void applyFleet() {
    StringBuilder all = new StringBuilder();
    for (String name : names()) {
      all.append(fleetClinic(name)).append("---\n").append(service(name, "[/api]")).append("---\n");
    }
    manifests.applyText(all.toString());
  }

  private static String fleetClinic(String name) {
    return CANARIES.contains(name) ? canary(name) : Site.sharing(name);
  }

  /** The earlier version named a rule in another way, so that nobody has more or less access. */
  private void leaveAsAnEarlierVersion(String clinic, String built) {
    String earlier = built.replace("deny everything else", "deny all others");
    String shown =
        account
            .call(
                "PATCH",
                "/endpoints/" + endpoint(clinic),
                JsonNodeFactory.instance.objectNode().put("traffic_policy", earlier).toString())
            .path("traffic_policy")
            .asText();
    namespace
        .admin()
        .resources(ClinicService.class)
        .withName(clinic + "-api")
        .editStatus(
            service -> {
              EndpointStatus last = service.getStatus().endpoint();
              service.setStatus(
                  service
                      .getStatus()
                      .withEndpoint(
                          new EndpointStatus(
                              last.id(),
                              ContentHash.of(earlier),
                              ContentHash.of(shown),
                              last.generation())));
              return service;
            });
  }

  private Map<String, EndpointStatus> endpointStatuses() {
    Map<String, EndpointStatus> statuses = new TreeMap<>();
    manifests
        .services()
        .forEach(
            service ->
                statuses.put(service.getMetadata().getName(), service.getStatus().endpoint()));
    return statuses;
  }

  /** The Clinic of each write at ngrok; null for a write that changes no endpoint of theirs. */
  private List<String> clinicsInOrder() {
    Map<String, String> clinics = new TreeMap<>();
    names().forEach(name -> clinics.put("PATCH /endpoints/" + endpoint(name), name));
    return account.writesInOrder().stream().map(clinics::get).toList();
  }

  private static String canary(String name) {
    String labelled = "{name: " + name + ", labels: {clinicnet.dev/wave: canary}}";
    return Site.sharing(name).replace("{name: " + name + "}", labelled);
  }

  private static String service(String clinic, String paths) {
    return Site.service(
        clinic + "-api",
        clinic,
        "http://10.0.0.1:8080",
        "expose: {https: {host: " + clinic + ".api.example.com, paths: " + paths + "}}",
        ACCESS);
  }

  private static List<String> names() {
    return IntStream.rangeClosed(1, CLINICS).mapToObj("c%02d"::formatted).toList();
  }

  private List<String> changedSince(Map<String, String> before) {
    Map<String, String> now = policies();
    return names().stream().filter(name -> !now.get(name).equals(before.get(name))).toList();
  }

  private Map<String, String> policies() {
    Map<String, String> policies = new TreeMap<>();
    account
        .all("endpoints")
        .forEach(
            row ->
                policies.put(
                    row.path("url").asText().substring("https://".length(), "https://cXX".length()),
                    row.path("traffic_policy").asText()));
    return policies;
  }

  private String endpoint(String clinic) {
    return id(the("endpoints", "url", "https://" + clinic + ".api.example.com"));
  }

  private static String authority(String pem) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: staff-ca, labels: {clinicnet.dev/referenced: "true"}}
        data:
          ca.crt: "%s"
        """
        .formatted(pem.replace("\n", "\\n"));
  }
}
