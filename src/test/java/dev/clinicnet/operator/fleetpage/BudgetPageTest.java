package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  void eachAccountOfAVisibleClinicHasItsOwnFigures() {
    Fleet fleet = SampleFleet.of(2, NOW);
    Clinic west = fleet.clinics().get(1);
    west.setSpec(
        new JsonMapper()
            .convertValue(Map.of("accountRef", Map.of("name", "west")), ClinicSpec.class));
    FleetSource several =
        new FleetSource(
            () -> fleet,
            LEADING.leads(),
            LEADING.leader(),
            () ->
                Stream.of("default", "east", "west")
                    .map(
                        name ->
                            SampleFleetPage.figures(
                                name, new BudgetHistory(CLOCK), name.equals("west") ? 5 : 37))
                    .toList(),
            LEADING.limit(),
            LEADING.events(),
            LEADING.runbooks());

    assertThat(budget(several, null))
        .contains("37 of 120 requests used", "in the account default", "west: 5 used")
        .doesNotContain("east");
    assertThat(budget(several, "account=west&hours=1"))
        .contains("5 of 120 requests used", "in the account west", "account=west")
        .contains("to use this account");
    assertThat(budget(several, "account=east")).contains("in the account default");
    assertThat(page(several, "/"))
        .contains("in the account <code>default</code>: agents as of <time")
        .contains("in the account <code>west</code>: agents as of <time")
        .doesNotContain("east</code>");
    assertThat(
            page(
                several,
                "/clinics/"
                    + west.getMetadata().getNamespace()
                    + "/"
                    + west.getMetadata().getName()))
        .contains(", account <code>west</code>", "As seen at ngrok: agents as of <time");
  }

  @Test
  void theListSaysHowOldItIsWhatItShowsOfNgrok() {
    assertThat(page(LEADING, "/"))
        .containsPattern("As seen at ngrok: agents as of <time[^>]*>42 s</time> ago")
        .containsPattern("everything else as of <time[^>]*>7 min</time> ago");
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
            () -> List.of(SampleFleetPage.figures("default", new BudgetHistory(CLOCK), 0)),
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
            LEADING.accounts(),
            LEADING.limit(),
            LEADING.events(),
            LEADING.runbooks()),
        null);
  }

  private static String budget(FleetSource source, String query) {
    return page(source, "/budget", query);
  }

  private static String page(FleetSource source, String path) {
    return page(source, path, null);
  }

  private static String page(FleetSource source, String path, String query) {
    Sight sight = new Sight(SampleFleetPage.ALLOWS_ALL, System::nanoTime);
    return new Pages(source, sight, CLOCK).answer(SampleFleetPage.VIEWER, path, query).body();
  }
}
