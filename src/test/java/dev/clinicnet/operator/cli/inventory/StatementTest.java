package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ages, hours and money in what is printed. */
class StatementTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void hoursAndCostsAreThoseSinceTheCreation() throws Prices.Unusable {
    Statement statement =
        statement(
            "{cloudEndpoint: 0.5, agentEndpoint: 0.25, address: 0.005, customDomain: 0.01}",
            endpoint("cloud", "2026-11-29T02:00:00Z"),
            endpoint("ephemeral", "2026-11-29T08:00:00Z"),
            address("2026-11-19T12:00:00Z"),
            domain("cname.example", "2026-11-29T11:00:00Z"),
            domain(null, "2026-11-28T12:00:00Z"));

    Total total = statement.total();

    assertThat(total.endpoints()).isEqualTo(Duration.ofHours(14));
    assertThat(total.addresses()).isEqualTo(Duration.ofDays(10));
    assertThat(total.domains()).isEqualTo(Duration.ofHours(1));
    assertThat(total.perHour()).isEqualByComparingTo("0.765");
    assertThat(total.per30Days()).isEqualByComparingTo("550.8");
    assertThat(total.soFar()).isEqualByComparingTo("7.21");
    assertThat(HumanOutput.text(statement))
        .contains(", 10 days, 3.60 USD in 30 days\n", ", 1 hour, ", ", 10 hours, ")
        .endsWith(
            "Total: 5 objects, 14 endpoint hours, 240 address hours, 1 domain hours, 550.80 USD in"
                + " 30 days, 7.21 USD so far\n");
  }

  @Test
  void anUnreadableTimeIsNoAge() throws Prices.Unusable {
    Statement statement = statement("{address: 1}", address("yesterday"), address(null));

    assertThat(statement.total().addresses()).isZero();
    assertThat(JSONOutput.text(statement)).contains("\"ageHours\" : null");
  }

  @Test
  void aTimeInTheFutureIsAnAgeOfZero() throws Prices.Unusable {
    Statement statement = statement("{address: 1}", address("2026-11-29T12:00:05Z"));

    assertThat(statement.total().soFar()).isZero();
  }

  @Test
  void aCellIsNeverAFormula() throws Prices.Unusable {
    Statement statement =
        statement(
            "{address: 1}",
            new ServiceUser("bot_1", null, "=HYPERLINK(\"http://evil\",\"x\")", true));

    assertThat(CSVOutput.text(statement))
        .contains(",\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",");
  }

  @Test
  void ofManyUsesSomeAreNamed() {
    List<Holding.Use> uses =
        List.of("a", "b", "c", "d", "e").stream().map(use -> new Holding.Use(use, use)).toList();

    assertThat(DeletionRule.words(uses)).isEqualTo("a; b; c; and 2 more");
  }

  private static Statement statement(String perHour, RemoteObject... rows) throws Prices.Unusable {
    List<Holding> holdings = new ArrayList<>();
    for (RemoteObject row : rows) {
      holdings.add(
          new Holding(
              Resource.of(row),
              row,
              Holder.NOBODY,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return new Statement(
        "one",
        "none",
        NOW,
        holdings,
        Map.of(),
        Optional.of(Prices.parse("{currency: USD, perHour: " + perHour + "}")));
  }

  private static Endpoint endpoint(String type, String created) {
    return new Endpoint(
        "ep_" + type,
        created,
        type,
        "https://a.internal",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ReservedAddr address(String created) {
    return new ReservedAddr("ra_1", created, "1.tcp.ngrok.io:1", "us", null, null);
  }

  private static ReservedDomain domain(String cname, String created) {
    return new ReservedDomain(
        "rd_1", created, "a.example.com", null, null, cname, null, null, null, null);
  }
}
