package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetPageTest {
  private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final FleetSource LEADING = SampleFleetPage.source(SampleFleet.of(1, NOW), CLOCK);

  @Test
  void theBudgetIsAPlotAndATable() {
    String html = budget(LEADING, "hours=1");

    assertThat(html)
        .contains("37 of 120 requests used", "<svg", "role=\"img\"", "The same as a table")
        .contains("<rect", "class=\"limit\"");
    assertThat(html.split("<tr>", -1)).hasSize(1 + 1 + 12);
    assertThat(budget(LEADING, "hours=6")).contains("<circle");
  }

  @Test
  void aReplicaThatStandsByShowsNoFiguresAndSaysWhoHasThem() {
    assertThat(standby(Optional.of("clinic-operator-7d-x2x-1a2b3c4d")))
        .contains("This replica has no figures", "<code>clinic-operator-7d-x2x-1a2b3c4d</code>")
        .contains("a replica that stands by")
        .doesNotContain("requests used", "<svg");
    assertThat(standby(Optional.empty())).contains("not known yet which replica");
  }

  @Test
  void aHistoryThatIsYoungerThanThePlotSaysSo() {
    FleetSource young =
        new FleetSource(
            LEADING.fleet(),
            LEADING.leads(),
            LEADING.leader(),
            new BudgetHistory(CLOCK),
            LEADING.used(),
            LEADING.limit(),
            LEADING.events(),
            LEADING.runbooks());

    assertThat(budget(LEADING, null)).doesNotContain("when this process started");
    assertThat(budget(young, null))
        .contains("The figures begin at 2026-11-29 03:00 UTC, when this process started.");
  }

  private static String standby(Optional<String> leader) {
    return budget(
        new FleetSource(
            LEADING.fleet(),
            () -> false,
            () -> leader,
            LEADING.history(),
            LEADING.used(),
            LEADING.limit(),
            LEADING.events(),
            LEADING.runbooks()),
        null);
  }

  private static String budget(FleetSource source, String query) {
    Sight sight = new Sight(SampleFleetPage.ALLOWS_ALL, System::nanoTime);
    return new Pages(source, sight, CLOCK).answer(SampleFleetPage.VIEWER, "/budget", query).body();
  }
}
