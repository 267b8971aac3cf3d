package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.it.drift.DriftCounts;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OwnKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that earlier releases used, took over or kept are used further without a write, with
 * grants and without.
 */
@OwnKubernetes
class UpgradeOfEarlierUseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SHARED = "*.api.clinicnet.com";
  private static final String OWN = "dashboard.clinic1.com";
  private static final String FORMER = "https://former.clinic4.internal";
  private static final String NOBODYS = "https://rest-api.first.internal";
  private static final String API = "https://clinic1.api.clinicnet.com";

  @RegisterExtension final FreshNamespace kubernetes = FreshNamespace.withoutControllers();
  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  static List<Release> releases() {
    return Release.all();
  }

  static Stream<Arguments> cases() {
    return releases().stream()
        .flatMap(
            release ->
                Stream.of(true, false)
                    .flatMap(
                        grants ->
                            Stream.of(true, false)
                                .map(elsewhere -> Arguments.of(release, grants, elsewhere))));
  }

  /** All cases together. The shared domain has no mark, or that of another installation. */
  @ParameterizedTest
  @MethodSource("cases")
  void whatWasUsedIsUsedOn(Release release, boolean grants, boolean elsewhere) {
    EarlierUse use = new EarlierUse(release);
    if (elsewhere) {
      use.shareElsewhere(SHARED);
    } else {
      use.shareByHand(SHARED);
    }
    String address = use.useAddressByHand("patient-db");
    use.adoptDomain("clinic1", OWN);
    use.adoptEndpoint("rest-api");
    use.keepInternalURL("clinic4-rest-api", FORMER);
    use.returnFrom("eu", "clinic4-patient-db");
    try (UpgradedRelease upgraded = UpgradedRelease.of(release, use, kubernetes)) {
      if (grants) {
        grant(upgraded.namespace(), address);
      }
      Map<String, Map<String, String>> secrets = upgraded.secrets();
      List<String> held = upgraded.held();
      upgraded.connectAgents(
          file -> file.replace("https://clinic4-rest-api.clinic4.internal", FORMER));

      try (ClinicOperator operator = upgraded.start()) {
        Manifests manifests = upgraded.manifests();
        upgraded.awaitSweeps();
        manifests.awaitAllReady();
        eventually(
            () ->
                assertThat(manifests.serviceSays("clinic4-rest-api", ConditionType.AgentOnline))
                    .contains("An agent binds " + FORMER, "waits for the new site kit"));
        upgraded.awaitSweeps();

        manifests.awaitAllReady();
        assertThat(upgraded.account().writes()).isEmpty();
        assertThat(upgraded.held()).isEqualTo(held);
        assertThat(upgraded.secrets()).isEqualTo(secrets);
        assertThat(DriftCounts.of(operator)).as("an upgrade is no drift").isEmpty();
        assertThat(manifests.service("clinic4-rest-api").getStatus().internalURL())
            .isEqualTo(FORMER);
      }
    }
  }

  /** Grants that do not name the namespace refuse all that it has, and cut nothing off. */
  @ParameterizedTest
  @MethodSource("releases")
  void whatIsNotGrantedIsRefusedAndStays(Release release) {
    EarlierUse use = new EarlierUse(release);
    use.shareByHand(SHARED);
    use.useAddressByHand("patient-db");
    use.adoptEndpoint("rest-api");
    try (UpgradedRelease upgraded = UpgradedRelease.of(release, use, kubernetes)) {
      grant("elsewhere", "1.tcp.ngrok.io:20000");
      List<String> held = upgraded.held();
      upgraded.connectAgents();

      try (ClinicOperator operator = upgraded.start()) {
        Manifests manifests = upgraded.manifests();
        upgraded.awaitSweeps();
        eventually(() -> assertThat(notGranted(manifests)).isEqualTo(manifests.clinics().size()));
        // The reason is its own grant or that of its Clinic, whichever was checked first.
        for (String service : List.of("patient-db", "rest-api")) {
          eventually(
              () ->
                  assertThat(manifests.serviceSays(service, ConditionType.Stalled))
                      .matches("True (NotGranted|ClinicNotAccepted): .*"));
        }
        assertThat(manifests.clinicSays("clinic1", ConditionType.Accepted))
            .contains("internalDomains of NgrokAccount default");
        upgraded.awaitSweeps();

        assertThat(upgraded.account().writes()).isEmpty();
        assertThat(upgraded.held()).isEqualTo(held);
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  /** The holes: a forward into a network that is not the Clinic's, and a name taken over. */
  @ParameterizedTest
  @MethodSource("releases")
  void whatRestedOnAHoleIsRefusedClearlyAndStays(Release release) {
    EarlierUse use = new EarlierUse(release);
    use.keepInternalURL("rest-api", NOBODYS);
    use.takeOver("clinic4-patient-db", "patient-db");
    try (UpgradedRelease upgraded = UpgradedRelease.of(release, use, kubernetes)) {
      List<String> held = upgraded.held();
      upgraded.connectAgents();

      try (ClinicOperator operator = upgraded.start()) {
        Manifests manifests = upgraded.manifests();
        manifests.awaitService("clinic4-patient-db", ConditionType.Accepted, "AddressNotOwned");
        manifests.awaitService("patient-db", ConditionType.Accepted, "EndpointNotOwned");
        manifests.awaitService("rest-api", ConditionType.Ready, "Programmed");
        upgraded.awaitSweeps();

        String here = upgraded.namespace() + "/";
        assertThat(manifests.serviceSays("clinic4-patient-db", ConditionType.Accepted))
            .contains("held by ClinicService " + here + "patient-db")
            .contains("hand-over-to=" + here + "clinic4-patient-db");
        assertThat(manifests.serviceSays("patient-db", ConditionType.Accepted))
            .contains("held by ClinicService " + here + "clinic4-patient-db")
            .contains("hand-over-to=" + here + "patient-db");
        assertThat(upgraded.endpoint(API).path("traffic_policy").asText())
            .contains("https://rest-api.clinic1.internal")
            .doesNotContain(NOBODYS);
        assertThat(upgraded.account().writes()).isEqualTo(Map.of("PATCH /endpoints/{id}", 1));
        assertThat(upgraded.held())
            .as("but for the one forward")
            .filteredOn(row -> !row.contains(API))
            .containsExactlyElementsOf(held.stream().filter(row -> !row.contains(API)).toList());
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  private static int notGranted(Manifests manifests) {
    return (int)
        manifests.clinics().stream()
            .filter(
                clinic ->
                    Conditions.find(Manifests.conditions(clinic), ConditionType.Accepted)
                        .filter(said -> said.reason().equals("NotGranted"))
                        .isPresent())
            .count();
  }

  /** Grants for everything except adoption. */
  private void grant(String namespace, String address) {
    grants.apply(
        """
        - name: everything
          namespaces: {names: [%s]}
          domains: ['**']
          sharedHosts: ['**']
          internalDomains: ['**']
          addresses: {reserve: true, existing: ['%s']}
          trafficPolicy: true
        """
            .formatted(namespace, address));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }
}
