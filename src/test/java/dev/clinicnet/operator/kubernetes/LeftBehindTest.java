package dev.clinicnet.operator.kubernetes;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The objects at ngrok of owners that are gone, and their effect on limits. */
class LeftBehindTest {
  private static final Settings SETTINGS = new Settings("i", Duration.ofDays(7));
  private static final Instant GONE = Instant.parse("2026-03-01T00:00:00Z");
  private static final String SERVICE = "ClinicService";
  private static final String CLINIC = "Clinic";

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();

  @Test
  void whatWasRetainedAbandonedOrIsKeptCountsOnceForEachObject() {
    // Given
    address("ra_1", mark(SERVICE, "db0").retired(GONE));
    address("ra_2", mark(SERVICE, "db0").retired(GONE));
    address("ra_3", mark(SERVICE, "kept").retained());
    address("ra_4", mark(SERVICE, "present"));
    address("ra_5", Mark.of("other", new Owner(SERVICE, "clinics", "x"), "u", "clinic1"));
    address("ra_6", Mark.of("i", new Owner(SERVICE, "elsewhere", "y"), "u", "clinic1"));
    address("ra_7", mark(SERVICE, "letgo").adopting().retained());
    credential("cr_1", mark(CLINIC, "abandoned"));
    domain("rd_1", mark(CLINIC, "retired").retired(GONE));
    domain("rd_2", mark(CLINIC, "retained").retained());
    // Then
    assertThat(left(SERVICE)).containsExactly("db0 (kept until 2026-03-08T00:00:00Z)", "kept");
    assertThat(left(CLINIC)).containsExactly("abandoned", "retained");
  }

  @Test
  void whatIsGoneTakesTheRoomOfWhatIsNew() {
    // Given
    address("ra_1", mark(SERVICE, "db0").retired(GONE));
    ngrok.sweepInto(inventory);
    ClinicService fresh = service("db1").build();
    // Then
    assertThat(names(fresh).problem(fresh))
        .hasValueSatisfying(
            said ->
                assertThat(said.message())
                    .contains(
                        "may have 1 ClinicServices",
                        "db0 (kept until 2026-03-08T00:00:00Z)",
                        "under its name",
                        "spec.grants[].maxServices of NgrokAccount default")
                    .doesNotContain("ra_1"));
  }

  @Test
  void itTakesNothingFromAnObjectThatWasAcceptedAndNothingFromItself() {
    // Given
    address("ra_1", mark(SERVICE, "db0").retired(GONE));
    ngrok.sweepInto(inventory);
    ClinicService again = service("db0").build();
    ClinicService serving = service("db1").status(serving()).build();
    // Then
    assertThat(names(again).problem(again)).isEmpty();
    assertThat(names(serving).problem(serving)).isEmpty();
  }

  @Test
  void clinicsThatWereRetainedCountToo() {
    // Given
    credential("cr_1", mark(CLINIC, "clinic0").retained());
    ngrok.sweepInto(inventory);
    var fresh = clinic("clinic1").build();
    // Then
    assertThat(names(new MemoryCluster().granting(ONE_OF_EACH).add(fresh)).problem(fresh))
        .hasValueSatisfying(
            said -> assertThat(said.message()).contains("1 Clinics", "clinic0", "maxClinics"));
  }

  private static final Grant ONE_OF_EACH =
      new Grant(
          Optional.of("default"),
          "clinics",
          OnRevoked.Retain,
          List.of(
              new NamespaceGrant(
                  "g",
                  null,
                  List.of("**"),
                  List.of(),
                  List.of("**"),
                  List.of("**"),
                  null,
                  List.of(),
                  false,
                  null,
                  1,
                  1)));

  private List<String> left(String kind) {
    ngrok.sweepInto(inventory);
    return List.copyOf(new LeftBehind(inventory, SETTINGS).of(kind, "clinics", Set.of("present")));
  }

  private GrantedNames names(ClinicService service) {
    return names(new MemoryCluster().granting(ONE_OF_EACH).add(service));
  }

  private GrantedNames names(MemoryCluster cluster) {
    return new GrantedNames(cluster, inventory, SETTINGS);
  }

  private static Mark mark(String kind, String name) {
    return Mark.of("i", new Owner(kind, "clinics", name), "u", "clinic1");
  }

  private void address(String id, Mark mark) {
    ngrok.put(
        Resource.RESERVED_ADDRS,
        new ReservedAddr(id, null, id + ".tcp:1", "us", null, mark.text()));
  }

  private void domain(String id, Mark mark) {
    ngrok.put(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain(id, null, id + ".com", null, mark.text(), null, null, null, null, null));
  }

  private void credential(String id, Mark mark) {
    ngrok.put(
        Resource.CREDENTIALS, new Credential(id, null, null, mark.text(), List.of(), "u_1", null));
  }

  private static ClinicServiceStatus serving() {
    return serviceStatus().endpoint(new EndpointStatus("ep_1", "p", "e")).build();
  }
}
