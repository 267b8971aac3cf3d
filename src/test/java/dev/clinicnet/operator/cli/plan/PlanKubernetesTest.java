package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code plan} about the Secret for the agent's API and about DNS records. */
class PlanKubernetesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "domains: [{name: a.org}], agent: {api: {host: a.org}}";
  private static final String DNS = "--dns-endpoints";

  @TempDir private Path directory;
  private NgrokAccount account;

  @BeforeEach
  void openAccount() {
    account = NgrokAccount.open();
  }

  @AfterEach
  void closeAccount() {
    account.close();
  }

  @Test
  void keysForTheAgentsAPIAreToldWithTheSiteKitThatFollows() throws IOException {
    credential();
    Path applied = manifest("applied", "domains: [{name: a.org}]");

    assertThat(plan(manifest("changed", API), "--base", applied.toString()).out())
        .contains(
            "  + create Secret c1-agent-api: the operator's keys for the agent's API; the site kit"
                + " gets the password\n",
            "  ~ update site kit c1-site-kit: a technician must install it again\n");
  }

  @Test
  void keysThatAreNotUsedAnyMoreAreDestroyedAndNoneIsShown() throws IOException {
    credential();
    Path applied = manifest("applied", API);
    Path changed = manifest("changed", "domains: [{name: a.org}]");

    PlanRun run = plan(changed, "--base", applied.toString());

    assertThat(run.out())
        .contains(
            "  ~ update Secret c1-agent-api: the operator's keys for the agent's API are"
                + " destroyed\n",
            "      - client.crt: (certificates, sha256 ",
            "      - client.key: (secret)\n      - password: (secret)\n",
            "  ~ update site kit c1-site-kit: a technician must install it again\n")
        .doesNotContain("BEGIN");
  }

  /** The site kit has the password of the new keys, whatever else it has now. */
  @Test
  void newKeysChangeTheSiteKitAlsoWithoutTheAppliedManifests() throws IOException {
    credential();

    assertThat(plan(manifest("changed", API)).out())
        .contains(
            "  ~ update site kit c1-site-kit: a technician must install it again\n",
            "1 site kit to install.")
        .doesNotContain("not compared");
  }

  @Test
  void aRotationThatWasCarriedOutIsNotTold() throws IOException {
    credential();
    Path rotated = rotating("rotated", "one");

    assertThat(plan(rotated).out()).doesNotContain("authtoken is new");
    assertThat(plan(rotated, "--base", rotated.toString()).out())
        .doesNotContain("authtoken is new");
  }

  @Test
  void aRotationThatIsAskedForIsTold() throws IOException {
    credential();
    Path applied = rotating("applied", "one");

    assertThat(plan(rotating("changed", "two"), "--base", applied.toString()).out())
        .contains(
            "+ create credential",
            "  ~ update site kit c1-site-kit: its authtoken is new: a technician must install it"
                + " again\n");
  }

  @Test
  void keysThatStayAreNotTold() throws IOException {
    credential();
    domain("a.org");
    Path applied = manifest("applied", API);

    assertThat(plan(applied, "--base", applied.toString()).out())
        .contains("+ create endpoint https://a.org")
        .doesNotContain("Secret c1-agent-api", "update site kit");
  }

  @Test
  void theRecordsOfANewDomainAreTold() throws IOException {
    Path files = manifest("new", "domains: [{name: '*.a.org', shared: true}]");

    assertThat(plan(files, DNS).out())
        .contains(
            """
              + create DNSEndpoint c1: external-dns creates the records
                  + *.a.org CNAME (new 1)
                  + _acme-challenge.a.org CNAME (new 1)
            """);
    assertThat(plan(files).out()).doesNotContain("DNSEndpoint");
  }

  @Test
  void recordsThatStayAreNotTold() throws IOException {
    credential();
    domain("a.org");
    Path files = manifest("files", "domains: [{name: a.org}]");

    assertThat(plan(files, DNS).out()).doesNotContain("DNSEndpoint");
    assertThat(plan(files, DNS, "--base", files.toString()).out()).doesNotContain("DNSEndpoint");
  }

  @Test
  void theRecordsOfADomainThatIsNotWantedAnyMoreAreTold() throws IOException {
    credential();
    String target = domain("a.org").path("cname_target").asText();
    domain("b.org");
    Path one = manifest("one", "domains: [{name: b.org}]");

    PlanRun run = plan(one, DNS, "--exit-code");

    assertThat(run.out())
        .contains(
            "  ~ update DNSEndpoint c1: external-dns changes the records\n",
            "      - a.org CNAME " + target + "\n");
    assertThat(plan(manifest("none", ""), DNS).out())
        .contains("  - delete DNSEndpoint c1: external-dns deletes the records\n");
  }

  /** Only the applied manifests tell that another Clinic's shared domain is new for this one. */
  @Test
  void aSharedDomainThatExistsIsToldWithTheAppliedManifests() throws IOException {
    credential();
    String target = domain("s.org", Mark.shared("one").text()).path("cname_target").asText();
    Path applied = manifest("applied", "");
    Path changed = manifest("changed", "domains: [{name: s.org, shared: true}]");

    assertThat(plan(changed, DNS, "--base", applied.toString()).out())
        .contains("  + create DNSEndpoint c1:", "      + s.org CNAME " + target + "\n");
  }

  @Test
  void onlyTheInstructionsOfASiteKitMayChange() throws IOException {
    credential();
    Path applied = manifest("applied", "displayName: Lakeside");
    Path changed = manifest("changed", "displayName: Hillcrest");

    PlanRun run = plan(changed, "--base", applied.toString(), "--exit-code");

    assertThat(run.out())
        .contains(
            "  ~ update site kit c1-site-kit: only its instructions change: nothing has to be"
                + " installed again\n",
            "Hillcrest")
        .doesNotContain("to install.");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void whatGoesWithADeletedClinicIsTold() throws IOException {
    credential();
    domain("a.org");
    Path other = other();

    assertThat(plan(other, DNS, "--prune", "--undo-window", "0").out())
        .contains(
            "  - delete credential",
            "  - delete site kit c1-site-kit: Kubernetes deletes it with its Clinic\n",
            "  - delete DNSEndpoint c1: external-dns deletes the records\n      - a.org CNAME ");
  }

  @Test
  void whatARetainedClinicLeavesIsTold() throws IOException {
    credential();
    domain("a.org");
    Path applied = manifest("applied", API + ", deletionPolicy: Retain");
    Path other = other();

    PlanRun run = plan(other, DNS, "--prune", "--base", applied.toString());

    String stays = ": it stays when its Clinic goes (deletionPolicy: Retain)\n";
    assertThat(run.out())
        .contains(
            "  ~ update site kit c1-site-kit" + stays,
            "  ~ update Secret c1-agent-api" + stays,
            "  ~ update DNSEndpoint c1" + stays,
            "retained")
        .doesNotContain("- delete");
  }

  @Test
  void programsReadTheSame() throws IOException {
    JsonNode changes =
        JSON.readTree(
                plan(manifest("new", "domains: [{name: a.org}]"), DNS, "--output", "json").out())
            .path("kubernetes");

    assertThat(changes.path(0).fieldNames())
        .toIterable()
        .containsExactly(
            "kind",
            "namespace",
            "name",
            "action",
            "resource",
            "object",
            "use",
            "meaning",
            "install",
            "lines");
    assertThat(changes)
        .extracting(
            change -> change.path("action").asText(),
            change -> change.path("resource").asText(),
            change -> change.path("object").asText(),
            change -> change.path("use").asText(),
            change -> change.path("install").asBoolean())
        .containsExactlyInAnyOrder(
            tuple("create", "DNSEndpoint", "c1", "dns-records", false),
            tuple("create", "Secret", "c1-site-kit", "site-kit", true));
  }

  private PlanRun plan(Path files, String... more) {
    return PlanRun.on(
        account.url(),
        Stream.concat(
                Stream.of(files.toString(), "--instance", "one", "--new-instance"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private void credential() {
    account.call(
        "POST", "/credentials", JSON.createObjectNode().put("metadata", mark()).toString());
  }

  private JsonNode domain(String name) {
    return domain(name, mark());
  }

  private JsonNode domain(String name, String metadata) {
    return account.call(
        "POST",
        "/reserved_domains",
        JSON.createObjectNode().put("domain", name).put("metadata", metadata).toString());
  }

  private static String mark() {
    return Mark.of("one", new Owner("Clinic", "default", "c1"), "uid", "c1").text();
  }

  private Path other() throws IOException {
    return write("other", "other", "");
  }

  private Path manifest(String file, String spec) throws IOException {
    return write(file, "c1", spec);
  }

  private Path rotating(String file, String value) throws IOException {
    return write(file, "c1, annotations: {clinicnet.dev/rotate: " + value + "}", "");
  }

  private Path write(String file, String clinic, String spec) throws IOException {
    Path path = directory.resolve(file + ".yaml");
    Files.writeString(
        path,
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(clinic, spec));
    return path;
  }
}
