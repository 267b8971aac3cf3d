package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.clinic.SeenService;
import dev.clinicnet.operator.service.SeenClinic;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one kind sees of another is what makes it look again. A new part of a status must be put on
 * one of these lists.
 */
class SeenByOthersTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<String, Object> CLINIC =
      Map.ofEntries(
          Map.entry("observedGeneration", 7),
          Map.entry("conditions", List.of(condition("Accepted", "False", "HostConflict"))),
          Map.entry("domains", List.of(Map.of("name", "a.example.com", "id", "rd_1"))),
          Map.entry("serviceUser", Map.of("id", "usr_1")),
          Map.entry("authtoken", Map.of("credentialID", "cr_1")),
          Map.entry("siteKit", Map.of("secretName", "kit")),
          Map.entry("agents", List.of(Map.of("sessionID", "ts_1"))),
          Map.entry("services", Map.of("total", 3, "ready", 1)),
          Map.entry("dnsRecords", List.of(Map.of("name", "a", "type", "CNAME", "value", "b"))),
          Map.entry("agentAPI", Map.of("secretName", "api")),
          Map.entry("quarantinedSince", "2026-01-01T00:00:00Z"),
          Map.entry("agentsRestarted", "1"),
          Map.entry("agentRestart", Map.of("text", "1")),
          Map.entry("internalDomain", "other.internal"),
          Map.entry("account", "west"));

  private static final Map<String, Object> SERVICE =
      Map.ofEntries(
          Map.entry("observedGeneration", 7),
          Map.entry("conditions", List.of(condition("Ready", "True", "Programmed"))),
          Map.entry("internalURL", "https://a.internal"),
          Map.entry("internalBoundAt", "2026-01-01T00:00:00Z"),
          Map.entry("publicURL", "https://a.example.com"),
          Map.entry("address", Map.of("id", "ra_1")),
          Map.entry("endpoint", Map.of("id", "ep_1")),
          Map.entry("deletionPolicy", "Retain"),
          Map.entry("account", "west"),
          Map.entry("vaultSecrets", List.of(Map.of("name", "v", "id", "s_1"))),
          Map.entry("onDemand", Map.of("agentEndpoint", "a")),
          Map.entry("internalLock", Map.of("sends", "a")));

  @Test
  void servicesSeeWhichKeysTheLocksOfTheirClinicHave() {
    assertThat(isSeenByService(Map.of("siteKit", Map.of("lockID", "l_1")))).isTrue();
    assertThat(isSeenByService(Map.of("siteKit", Map.of("configHash", "h")))).isFalse();
  }

  @Test
  void servicesReadAllOfAClinicButItsAgentsItsSiteKitAndItsNumbers() {
    assertThat(unread(CLINIC, ClinicStatus.class, SeenByOthersTest::isSeenByService))
        .containsExactlyInAnyOrder(
            "observedGeneration",
            "siteKit",
            "agents",
            "services",
            "dnsRecords",
            "agentsRestarted",
            "agentRestart",
            "account");
  }

  @Test
  void aClinicReadsAllOfItsServices() {
    assertThat(unread(SERVICE, ClinicServiceStatus.class, SeenByOthersTest::isSeenByClinic))
        .containsExactly("observedGeneration");
  }

  @ParameterizedTest
  @CsvSource({
    "Accepted,      False, HostConflict, true",
    "Programmed,    True,  Programmed,   true",
    "Ready,         True,  Programmed,   false",
    "AgentOnline,   True,  EndpointBound, false",
    "DomainsReady,  False, WaitingForDNS, false",
  })
  void servicesReadWhetherAClinicIsAcceptedAndProgrammed(
      String type, String status, String reason, boolean read) {
    assertThat(isSeenByService(Map.of("conditions", List.of(condition(type, status, reason)))))
        .isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "Accepted,    False,   HostConflict,  true",
    "Ready,       True,    Programmed,    true",
    "Programmed,  False,   HostConflict,  true",
    "Programmed,  True,    Programmed,    false",
    "Programmed,  Unknown, Pending,       false",
    "AgentOnline, True,    EndpointBound, false",
  })
  void aClinicReadsWhetherItsServicesAreReadyAndNeedSomebody(
      String type, String status, String reason, boolean read) {
    assertThat(isSeenByClinic(Map.of("conditions", List.of(condition(type, status, reason)))))
        .isEqualTo(read);
  }

  @Test
  void aChangedManifestIsReadByBoth() {
    Clinic clinic = ClinicBuilder.clinic("clinic1").build();
    Clinic changed = ClinicBuilder.clinic("clinic1").build();
    changed.getMetadata().setGeneration(99L);
    ClinicService service = ServiceBuilder.service("a").build();
    ClinicService other = ServiceBuilder.service("a").build();
    other.getMetadata().setGeneration(99L);

    assertThat(SeenClinic.differs(changed, clinic)).isTrue();
    assertThat(SeenService.differs(other, service)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "clinicnet.dev/wave, canary, true",
    "team, north, false",
  })
  void onlyOurOwnLabelsAreRead(String label, String value, boolean read) {
    Clinic labelled = ClinicBuilder.clinic("clinic1").build();
    labelled.getMetadata().setLabels(Map.of(label, value));

    assertThat(SeenClinic.differs(labelled, ClinicBuilder.clinic("clinic1").build()))
        .isEqualTo(read);
  }

  private static Set<String> unread(
      Map<String, Object> changes, Class<?> status, Predicate<Map<String, Object>> isRead) {
    assertThat(changes.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(status.getRecordComponents()).map(RecordComponent::getName).toList());
    return changes.entrySet().stream()
        .filter(change -> !isRead.test(Map.of(change.getKey(), change.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isSeenByService(Map<String, Object> change) {
    Clinic now = ClinicBuilder.clinic("clinic1").build();
    now.setStatus(JSON.convertValue(change, ClinicStatus.class));
    Clinic before = ClinicBuilder.clinic("clinic1").build();
    before.setStatus(ClinicStatus.of(before));
    boolean differs = SeenClinic.differs(now, before);
    assertThat(!SeenClinic.of(now).getStatus().equals(SeenClinic.of(before).getStatus()))
        .as("whether decisions get the change " + change)
        .isEqualTo(differs);
    return differs;
  }

  private static boolean isSeenByClinic(Map<String, Object> change) {
    ClinicService now = ServiceBuilder.service("a").build();
    now.setStatus(JSON.convertValue(change, ClinicServiceStatus.class));
    ClinicService before = ServiceBuilder.service("a").build();
    before.setStatus(ClinicServiceStatus.of(before));
    boolean differs = SeenService.differs(now, before);
    assertThat(!SeenService.of(now).getStatus().equals(SeenService.of(before).getStatus()))
        .as("whether decisions get the change " + change)
        .isEqualTo(differs);
    return differs;
  }

  private static Map<String, Object> condition(String type, String status, String reason) {
    return new HashMap<>(
        Map.of(
            "type",
            type,
            "status",
            status,
            "reason",
            reason,
            "message",
            "",
            "observedGeneration",
            1));
  }
}
