package dev.clinicnet.operator.it.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.it.night.AcceleratedRules.Speed;
import dev.clinicnet.operator.it.night.Watch.Rang;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/alerts.md} is about the alerts that are shipped. */
class NightTableTest {
  private static final String LOST = "ClinicOperatorAgentLost";
  private static final String LATER = "ClinicOperatorDriftNotCorrected";

  @Test
  void theDocsHaveTheRulesThatAreShippedAndARunOfAllOfThem() throws IOException {
    NightTable.of(Watch.speeds(), Map.of()).assertAsInTheDocs();
    assertThat(NightTable.inTheDocs().rows())
        .allSatisfy((alert, row) -> assertThat(row.after()).matches("\\d+\\.\\d s"));
  }

  @Test
  void aRunMayBeFasterOrSlowerThanTheOneInTheDocs() throws IOException {
    NightTable.of(Watch.speeds(), Map.of(LOST, rang(1))).assertAsInTheDocs();
    NightTable.of(Watch.speeds(), Map.of(LOST, rang(50))).assertAsInTheDocs();
  }

  @Test
  void anAlertThatRingsLaterThanPromisedIsTold() {
    assertStale(Watch.speeds(), Map.of(LOST, rang(56)), LOST + ": it rang only after 56.0 s");
  }

  @Test
  void anAlertThatNoLongerRingsAloneIsTold() throws IOException {
    assertStale(Watch.speeds(), Map.of(LATER, rang(1)), LATER + ": before it rang ");
    Rang asBefore = new Rang(Duration.ofSeconds(1), Set.of("ClinicOperatorDrift"));
    NightTable.of(Watch.speeds(), Map.of(LATER, asBefore)).assertAsInTheDocs();
  }

  @Test
  void aRuleThatIsNewOrGoneOrWaitsLongerIsTold() {
    Map<String, Speed> speeds = new HashMap<>(Watch.speeds());
    speeds.put("ClinicOperatorNew", speeds.get(LOST));
    assertStale(speeds, Map.of(), "ClinicOperatorNew: it has no row");

    speeds.remove("ClinicOperatorNew");
    speeds.put(LOST, new Speed(Duration.ofHours(2), 9));
    assertStale(speeds, Map.of(), LOST + ": its rule says 2 h");

    speeds.remove(LOST);
    assertStale(speeds, Map.of(), LOST + ": it is no alert");
  }

  private static Rang rang(int seconds) {
    return new Rang(Duration.ofSeconds(seconds), Set.of());
  }

  private static void assertStale(
      Map<String, Speed> speeds, Map<String, Rang> played, String difference) {
    assertThatThrownBy(() -> NightTable.of(speeds, played).assertAsInTheDocs())
        .hasMessageContaining(difference)
        .hasMessageContaining("mvn verify -Dit.test=NightIT");
  }
}
