package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.testkit.RunningOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code inventory} prints, and how it ends, when it deletes nothing. */
class InventoryCommandTest {
  @TempDir private Path directory;
  private MixedAccount account;

  @BeforeEach
  void open() {
    account = new MixedAccount(directory);
  }

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void objectsAreListedByWhoHasThem() throws IOException {
    String kept = account.domain("kept.example.com", MixedAccount.kept());
    String shared = account.domain("*.shared.example.com", Mark.shared(MixedAccount.OURS));
    String gone = account.address(MixedAccount.gone());
    String user = account.user(MixedAccount.OURS, "gone");
    String credential = account.credential(MixedAccount.gone(), user);
    String other = account.domain("other.example.com", MixedAccount.ofOther());
    String nobodys = account.address(null);

    CommandRun run = account.compared("--instance", MixedAccount.OURS, "--output", "json");

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(rows(run))
        .contains(
            "manifest one Clinic clinics/kept reserved_domains " + kept,
            "installation one - reserved_domains " + shared,
            "no-manifest one Clinic clinics/gone reserved_addrs " + gone,
            "no-manifest one Clinic clinics/gone credentials " + credential,
            "no-manifest one Clinic clinics/gone service_users " + user,
            "other-instance two Clinic clinics/kept reserved_domains " + other,
            "nobody - - reserved_addrs " + nobodys);
    assertThat(account.account.writes().keySet()).noneMatch(request -> request.contains("DELETE"));
  }

  @Test
  void withoutManifestsNothingIsTakenForAbandoned() throws IOException {
    String kept = account.domain("kept.example.com", MixedAccount.kept());
    String gone = account.address(MixedAccount.gone());

    CommandRun run = account.run("--output", "json");

    assertThat(run.err())
        .isEqualTo("Ours is what instance one has marked, the only one in the account.\n");
    assertThat(rows(run))
        .contains(
            "not-compared one Clinic clinics/kept reserved_domains " + kept,
            "not-compared one Clinic clinics/gone reserved_addrs " + gone);
  }

  @Test
  void ofNamespacesWithoutFilesNothingIsKnown() throws IOException {
    Path elsewhere =
        Files.writeString(
            directory.resolve("other.yaml"),
            """
            apiVersion: clinicnet.dev/v1alpha1
            kind: Clinic
            metadata: {name: other, namespace: elsewhere}
            spec: {}
            """);
    account.address(MixedAccount.gone());

    assertThat(rows(account.run(elsewhere.toString(), "--output", "json")))
        .anyMatch(row -> row.startsWith("not-compared one Clinic clinics/gone"));
  }

  @Test
  void theAgentOfACredentialAndWhatItBindsBelongToTheOwnerOfTheCredential() throws IOException {
    String token =
        account
            .account
            .call(
                "POST",
                "/credentials",
                new ObjectMapper()
                    .createObjectNode()
                    .put("metadata", MixedAccount.gone().text())
                    .toString())
            .path("token")
            .asText();
    account.account.connectAgent(
        """
        version: 3
        agent: {authtoken: %s}
        endpoints:
        - {name: api, url: "https://api.gone.internal", upstream: {url: "http://localhost:80"}}
        """
            .formatted(token));

    CommandRun run = account.compared("--instance", MixedAccount.OURS, "--output", "json");

    assertThat(rows(run))
        .anyMatch(row -> row.startsWith("no-manifest one Clinic clinics/gone tunnel_sessions"))
        .anyMatch(row -> row.startsWith("no-manifest one Clinic clinics/gone endpoints"));
    assertThat(run.out() + run.err()).doesNotContain(token);
    assertThat(account.compared("--instance", MixedAccount.OURS).out())
        .contains("may bind every name of the account", "is connected with it");
  }

  @Test
  void peopleReadAgesUsesAndSums() {
    String kept = account.domain("kept.example.com", MixedAccount.kept());
    String address = account.address(null);
    account.endpoint(
        "tcp://" + account.addr(address), null, MixedAccount.forward("tcp://db.gone.internal:1"));

    CommandRun run = account.compared("--instance", MixedAccount.OURS);

    assertThat(run.out())
        .contains(
            "Ours, with a manifest:\n  Clinic clinics/kept\n    domain kept.example.com ("
                + kept
                + "), 0 minutes\n",
            "Nobody's:\n",
            account.addr(address) + " (" + address + "), 0 minutes; in use: endpoint tcp://",
            "Nobody's: 2 objects\n",
            "Total: 3 objects\n")
        .doesNotContain("USD");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void withAPriceListItSaysWhatObjectsCost() throws IOException {
    account.address(null);
    Path prices =
        Files.writeString(
            directory.resolve("prices.txt"), "currency: USD\nperHour: {address: 0.005}\n");

    CommandRun run = account.run("--prices", prices.toString());

    assertThat(run.out())
        .contains("3.60 USD in 30 days\n", "Total: 1 object, 3.60 USD in 30 days, 0.00 USD so far");
    JsonNode json = json(account.run("--prices", prices.toString(), "--output", "json"));
    assertThat(json.at("/totals/total/per30Days").asText()).isEqualTo("3.600");
    assertThat(json.at("/objects/0/perHour").asText()).isEqualTo("0.005");
    assertThat(json.get("currency").asText()).isEqualTo("USD");
  }

  @Test
  void thePriceListOfTheDocumentationIsOne() throws Exception {
    String doc = Files.readString(Path.of("docs/inventory.md"));
    String begin = "<!-- prices: read by InventoryCommandTest -->\n```yaml\n";
    int start = doc.indexOf(begin) + begin.length();

    assertThat(Prices.parse(doc.substring(start, doc.indexOf("```", start))).perHour())
        .containsOnlyKeys(Billed.values());
  }

  @Test
  void aPriceListThatCannotBeUsedIsAnError() {
    CommandRun run = account.run("--prices", directory.resolve("none.yaml").toString());

    assertThat(run.code()).isEqualTo(InventoryExit.FAILED.code());
    assertThat(run.err()).startsWith("--prices: ").hasLineCount(1);
  }

  @Test
  void theSecretsOfStrangersAreNotPrinted() {
    account.address(null);
    account.credential(null, null);
    account.endpoint(
        "https://api.strange.internal",
        null,
        "{\"type\":\"basic-auth\",\"config\":{\"credentials\":[\"eve:"
            + MixedAccount.PLANTED
            + "\"]}},{\"type\":\"deny\",\"config\":{}}");

    for (String format : List.of("human", "json", "csv")) {
      CommandRun run = account.compared("--output", format);
      assertThat(run.out()).contains("strange");
      assertThat(run.out() + run.err())
          .doesNotContain(MixedAccount.PLANTED, RunningOperator.API_KEY);
    }
  }

  @Test
  void csvHasALineForEachObject() {
    account.domain("kept.example.com", MixedAccount.kept());
    account.address(null);

    List<String> lines = account.compared("--output", "csv").out().lines().toList();

    assertThat(lines.get(0))
        .isEqualTo(
            "holder,instance,kind,namespace,name,resource,id,object,state,createdAt,ageHours,"
                + "billedAs,perHour,mayBindAnything,uses");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("manifest,one,Clinic,clinics,kept,reserved_domains,rd_");
  }

  @Test
  void whatTheAccountDoesNotOfferIsNamed() throws IOException {
    account.account.refuse("GET", "/vaults", 403, "ERR_NGROK_203");

    CommandRun run = account.run("--output", "json");

    assertThat(run.code()).isEqualTo(InventoryExit.DONE.code());
    assertThat(json(run).get("notListed").has("vaults")).isTrue();
    assertThat(account.run().out()).contains("Not listed: vaults: ");
  }

  @Test
  void anAccountThatDoesNotAnswerIsAnError() {
    account.account.refuse("GET", "/reserved_addrs", 403, "ERR_NGROK_203");

    CommandRun run = account.run();

    assertThat(run.code()).isEqualTo(InventoryExit.FAILED.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1);
  }

  @Test
  void manifestsThatAreNotValidAreAnError() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.yaml"), "kind: [\n");

    CommandRun run = account.run(broken.toString());

    assertThat(run.code()).isEqualTo(InventoryExit.FAILED.code());
    assertThat(run.err()).contains("broken.yaml");
    assertThat(account.account.requests()).isEmpty();
  }

  @Test
  void severalInstallationsMustBeToldApart() {
    account.domain("kept.example.com", MixedAccount.kept());
    account.domain("other.example.com", MixedAccount.ofOther());

    CommandRun run = account.compared();

    assertThat(run.code()).isEqualTo(InventoryExit.USAGE.code());
    assertThat(run.err()).contains("(one, two): give --instance NAME").hasLineCount(1);
    assertThat(account.compared("--instance", "three").err())
        .isEqualTo("Nothing in the account is marked by instance three, but by one, two.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'examples/clinic1 --cluster', 'not both'",
    "'--force', 'need --delete'",
    "'--of-instance two', 'need --delete'",
    "'--delete x --output csv', 'leave out --output'",
    "'--nonsense', 'Unknown option'"
  })
  void aSenselessCallIsWrongUsage(String arguments, String said) {
    CommandRun run = account.run(arguments.split(" ", -1));

    assertThat(run.code()).isEqualTo(InventoryExit.USAGE.code());
    assertThat(run.err()).contains(said).hasLineCount(1);
    assertThat(account.account.requests()).isEmpty();
  }

  @Test
  void withoutAnAPIKeyItIsWrongUsage() {
    CommandRun run = CommandRun.with(Map.of(), "inventory");

    assertThat(run.code()).isEqualTo(InventoryExit.USAGE.code());
    assertThat(run.err()).startsWith("No API key");
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private static List<String> rows(CommandRun run) throws IOException {
    List<String> rows = new ArrayList<>();
    for (JsonNode row : json(run).get("objects")) {
      String owner =
          row.get("kind").isNull()
              ? "-"
              : row.get("kind").asText()
                  + " "
                  + row.get("namespace").asText()
                  + "/"
                  + row.get("name").asText();
      rows.add(
          String.join(
              " ",
              row.get("holder").asText(),
              row.get("instance").asText("-").replace("null", "-"),
              owner,
              row.get("resource").asText(),
              row.get("id").asText()));
    }
    return rows;
  }
}
