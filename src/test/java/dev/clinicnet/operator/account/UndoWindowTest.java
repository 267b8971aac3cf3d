package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndoWindowTest {
  private static final Instant RETIRED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Owner CLINIC = new Owner("Clinic", "clinics", "clinic1");
  private static final Owner SERVICE = new Owner("ClinicService", "clinics", "db");

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();

  @ParameterizedTest
  @CsvSource({"PT167H59M59S, false", "PT168H, true", "PT1000H, true"})
  void releasesAtTheEndOfTheWindowAndNotBefore(Duration after, boolean released) {
    // Given
    domain(mark(CLINIC).retired(RETIRED).text());
    addr(mark(SERVICE).retired(RETIRED).text());
    // When
    release(RETIRED.plus(after));
    // Then
    assertThat(inventory.all(Resource.RESERVED_DOMAINS).isEmpty()).isEqualTo(released);
    assertThat(inventory.all(Resource.RESERVED_ADDRS).isEmpty()).isEqualTo(released);
    assertThat(ngrok.log()).hasSize(released ? 2 : 0);
  }

  @Test
  void keepsWhatAManifestMayWantBack() {
    // Given
    domain(mark(CLINIC).retired(RETIRED).text());
    addr(mark(SERVICE).retired(RETIRED).text());
    // When
    window(RETIRED.plus(Duration.ofDays(30)))
        .release((owner, name) -> owner.equals(CLINIC) && name.equals("a.com"));
    // Then
    assertThat(inventory.all(Resource.RESERVED_DOMAINS)).hasSize(1);
    assertThat(inventory.all(Resource.RESERVED_ADDRS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "another instance | {\"managedBy\":\"clinic-operator\",\"instance\":\"j\",\"kind\":\"Clinic\",\"namespace\":\"clinics\",\"name\":\"clinic1\",\"retiredAt\":\"2026-01-01T00:00:00Z\"}",
        "an unreadable time | {\"managedBy\":\"clinic-operator\",\"instance\":\"i\",\"kind\":\"Clinic\",\"namespace\":\"clinics\",\"name\":\"clinic1\",\"retiredAt\":\"yesterday\"}",
        "no time | {\"managedBy\":\"clinic-operator\",\"instance\":\"i\",\"kind\":\"Clinic\",\"namespace\":\"clinics\",\"name\":\"clinic1\"}",
        "a shared domain | {\"managedBy\":\"clinic-operator\",\"instance\":\"i\",\"retiredAt\":\"2026-01-01T00:00:00Z\"}",
        "somebody else's note | retiredAt 2026-01-01T00:00:00Z",
        "no metadata | ",
      })
  void neverReleases(String what, String metadata) {
    // Given
    domain(metadata);
    addr(metadata);
    // When
    release(RETIRED.plus(Duration.ofDays(30)));
    // Then
    assertThat(ngrok.log()).as(what).isEmpty();
  }

  @Test
  void neverReleasesWhatWasLeftOnPurpose() {
    // Given
    domain(mark(CLINIC).retired(RETIRED).retained().text());
    // When
    release(RETIRED.plus(Duration.ofDays(30)));
    // Then
    assertThat(ngrok.log()).isEmpty();
  }

  @Test
  void oneThatCannotBeReleasedDoesNotKeepTheOthersBack() {
    // Given
    domain(mark(CLINIC).retired(RETIRED).text());
    addr(mark(SERVICE).retired(RETIRED).text());
    ngrok.failing("delete reserved_addrs", ScriptedNgrok.failure(Failure.CONFLICT));
    // When
    release(RETIRED.plus(Duration.ofDays(30)));
    // Then
    assertThat(inventory.all(Resource.RESERVED_ADDRS)).hasSize(1);
    assertThat(inventory.all(Resource.RESERVED_DOMAINS)).isEmpty();
  }

  private void release(Instant now) {
    window(now).release((owner, name) -> false);
  }

  private UndoWindow window(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    ngrok.sweepInto(inventory);
    return new UndoWindow(
        new Settings("i", Duration.ofDays(7)),
        inventory,
        new PlanRunner(ngrok, inventory, new Attempts(), clock),
        clock);
  }

  private static Mark mark(Owner owner) {
    return Mark.of("i", owner, "uid", "clinic1");
  }

  private void domain(String metadata) {
    ngrok.put(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain("rd_1", null, "a.com", null, metadata, null, null, null, null, null));
  }

  private void addr(String metadata) {
    ngrok.put(
        Resource.RESERVED_ADDRS, new ReservedAddr("ra_1", null, "1.tcp:1", "us", null, metadata));
  }
}
