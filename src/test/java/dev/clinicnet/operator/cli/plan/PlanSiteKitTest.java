package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code plan} about the file that a technician installs. */
class PlanSiteKitTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: c1}
      ---
      """;

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
  void aNewClinicNeedsASiteKit() throws IOException {
    PlanRun run = plan(manifests("new", "http://10.0.0.20"));

    assertThat(run.out())
        .contains(
            "  + create site kit c1-site-kit: a technician must install it\n",
            "1 site kit to install.");
  }

  @Test
  void theLinesOfAChangedSiteKitAreShownWithoutSecrets() throws IOException {
    credential();
    Path applied = manifests("applied", "http://10.0.0.20");
    Path changed = manifests("changed", "http://10.0.0.21");

    PlanRun run = plan(changed, "--base", applied.toString(), "--exit-code");

    assertThat(run.out())
        .contains(
            "  ~ update site kit c1-site-kit: a technician must install it again\n",
            "      -     url: http://10.0.0.20\n      +     url: http://10.0.0.21\n")
        .doesNotContain("No changes", "metadata:");
    assertThat(run.code()).isEqualTo(2);
    JsonNode kit =
        JSON.readTree(plan(changed, "--base", applied.toString(), "--output", "json").out())
            .path("kubernetes")
            .path(0);
    assertThat(kit.path("action").asText()).isEqualTo("update");
    assertThat(kit.path("object").asText()).isEqualTo("c1-site-kit");
    assertThat(kit.path("lines"))
        .extracting(JsonNode::asText)
        .contains("+     url: http://10.0.0.21");
  }

  @Test
  void aSiteKitThatStaysIsNotTold() throws IOException {
    credential();
    Path applied = manifests("applied", "http://10.0.0.20");

    assertThat(plan(applied, "--base", applied.toString()).out())
        .doesNotContain("update site kit", "to install", "not compared");
  }

  @Test
  void aConnectedAgentTellsThatItRunsAnotherConfiguration() throws IOException {
    String token = credential().path("token").asText();
    String metadata = new AgentMetadata("default/c1", "one", "another").toJson();
    account.connectAgent(
        "version: 3\nagent:\n  authtoken: " + token + "\n  metadata: '" + metadata + "'\n");

    PlanRun run = plan(manifests("changed", "http://10.0.0.21"));

    assertThat(run.out())
        .contains("  ~ update site kit c1-site-kit: a technician must install it again\n")
        .doesNotContain("not compared");
  }

  /** Only the cluster knows the password, which the hash covers. */
  @Test
  void anAgentWithAnAPICannotTell() throws IOException {
    account.call(
        "POST",
        "/reserved_domains",
        JSON.createObjectNode().put("domain", "a.example.com").put("metadata", mark()).toString());
    account.call(
        "POST",
        "/endpoints",
        JSON.createObjectNode()
            .put("type", "cloud")
            .put("url", "https://a.example.com")
            .put("metadata", mark())
            .put("traffic_policy", admitting(authority()))
            .toString());
    String token = credential().path("token").asText();
    String metadata = new AgentMetadata("default/c1", "one", "another").toJson();
    account.connectAgent(
        "version: 3\nagent:\n  authtoken: " + token + "\n  metadata: '" + metadata + "'\n");
    Path files =
        with(
            "domains: [{name: a.example.com}], agent: {api: {host: a.example.com}}",
            manifests("changed", "http://10.0.0.21"));

    assertThat(plan(files).out())
        .contains("1 site kit not compared")
        .doesNotContain("~ update site", "Secret c1-agent-api");
  }

  @Test
  void aSiteKitInAnotherSecretHasANewToken() throws IOException {
    credential();
    Path applied = manifests("applied", "http://10.0.0.20");
    Path moved =
        with("agent: {siteKit: {secretName: other}}", manifests("moved", "http://10.0.0.20"));

    assertThat(plan(moved, "--base", applied.toString()).out())
        .contains(
            "  + create credential",
            "  + create site kit other: its authtoken is new: a technician must install it again\n");
  }

  @Test
  void whatCannotBeComparedIsCounted() throws IOException {
    credential();

    assertThat(plan(manifests("changed", "http://10.0.0.21")).out())
        .contains(
            "1 site kit not compared: the plan does not know what the site has now. Give --base")
        .doesNotContain("update site kit");
  }

  @Test
  void aBaseThatIsNotValidIsAnError() throws IOException {
    Path broken = directory.resolve("broken.yaml");
    Files.writeString(broken, CLINIC.replace("{name: c1}", "{name: C1}"));

    PlanRun run = plan(manifests("changed", "http://10.0.0.21"), "--base", broken.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("The manifests of --base are not valid:");
    assertThat(run.out()).contains("broken.yaml");
    assertThat(account.requests()).isEmpty();
  }

  private PlanRun plan(Path files, String... more) {
    return PlanRun.on(
        account.url(),
        Stream.concat(
                Stream.of(files.toString(), "--instance", "one", "--new-instance"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private JsonNode credential() {
    return account.call(
        "POST", "/credentials", JSON.createObjectNode().put("metadata", mark()).toString());
  }

  private static String mark() {
    return Mark.of("one", new Owner("Clinic", "default", "c1"), "uid", "c1").text();
  }

  private static String authority() {
    return new ClientIdentities(new SecureRandom())
        .issue("c1", Instant.now(), Duration.ofDays(90))
        .authority()
        .pem();
  }

  private static String admitting(String authority) {
    ObjectNode policy = JSON.createObjectNode();
    ObjectNode action =
        policy.putArray("on_tcp_connect").addObject().putArray("actions").addObject();
    action
        .put("type", "terminate-tls")
        .putObject("config")
        .putArray("mutual_tls_certificate_authorities")
        .add(authority);
    policy
        .putArray("on_http_request")
        .addObject()
        .putArray("actions")
        .addObject()
        .put("type", "deny");
    return policy.toString();
  }

  private static Path with(String spec, Path file) throws IOException {
    String clinic = "metadata: {name: c1}\n";
    Files.writeString(
        file, Files.readString(file).replace(clinic, clinic + "spec: {" + spec + "}\n"));
    return file;
  }

  private Path manifests(String name, String upstream) throws IOException {
    Path file = directory.resolve(name + ".yaml");
    Files.writeString(
        file,
        CLINIC
            + """
            apiVersion: clinicnet.dev/v1alpha1
            kind: ClinicService
            metadata: {name: api}
            spec:
              clinicRef: {name: c1}
              upstream: {url: "%s"}
            """
                .formatted(upstream));
    return file;
  }
}
