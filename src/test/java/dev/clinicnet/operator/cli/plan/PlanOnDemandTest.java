package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} of services that sessions open, of which the files know nothing. */
class PlanOnDemandTest {
  private static final Owner SITE = new Owner("Clinic", "default", "c1");
  private static final Owner CONSOLE = new Owner("ClinicService", "default", "console");

  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: c1}
      spec:
        domains:
        - name: console.example.com
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
  void whatASessionHasOpenIsLeftOutAndSaid() throws IOException {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    String id = endpoint(policy("timestamp(time.now) >= timestamp('" + end + "')"));

    PlanRun run = plan(service("https: {host: console.example.com}"), "--prune");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "ClinicService default/console\n  ! https://console.example.com ("
                + id
                + ") is open for a session until "
                + end
                + ": it is left out of this plan.\n",
            "+ create credential")
        .doesNotContain("refused", " endpoint ", "domain ");
  }

  @Test
  void whatIsOverdueIsTakenDown() throws IOException {
    Instant end = Instant.now().minus(Duration.ofMinutes(1));
    endpoint(policy("timestamp(time.now) >= timestamp('" + end + "')"));

    assertThat(plan(service("https: {host: console.example.com}")).out())
        .contains("- delete endpoint https://console.example.com")
        .doesNotContain("for a session");
  }

  /** The service was always there, and becomes on demand. */
  @Test
  void whatNoSessionHasOpenIsTakenDown() throws IOException {
    endpoint(policy("req.url.path == '/admin'"));

    assertThat(plan(service("https: {host: console.example.com}")).out())
        .contains("- delete endpoint https://console.example.com")
        .doesNotContain("for a session");
  }

  @Test
  void withItsServiceASessionEnds() throws IOException {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    endpoint(policy("timestamp(time.now) >= timestamp('" + end + "')"));

    assertThat(plan("", "--prune").out())
        .contains("- delete endpoint https://console.example.com")
        .doesNotContain("for a session");
  }

  @Test
  void anAddressIsReservedBeforeAnySession() throws IOException {
    PlanRun run =
        plan(service("tcp: {region: us}").replace("http://10.0.0.2:8080", "tcp://10.0.0.2:5432"));

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("+ create TCP address").doesNotContain("endpoint");
  }

  @Test
  void sessionsInTheFilesArePlannedAsNothing() throws IOException {
    String session =
        """
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {generateName: console-}
        spec: {serviceRef: {name: console}}
        """;
    String service = service("https: {host: console.example.com}");

    PlanRun run = plan(service + session);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("+ create domain console.example.com")
        .isEqualTo(plan(service).out())
        .doesNotContain("console-", "endpoint");
  }

  private PlanRun plan(String service, String... options) throws IOException {
    Path file = directory.resolve("clinic.yaml");
    Files.writeString(file, CLINIC + service);
    String[] arguments = new String[options.length + 3];
    arguments[0] = file.toString();
    arguments[1] = "--instance";
    arguments[2] = "one";
    System.arraycopy(options, 0, arguments, 3, options.length);
    return PlanRun.on(account.url(), arguments);
  }

  private static String service(String expose) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: console}
        spec:
          clinicRef: {name: c1}
          upstream: {url: "http://10.0.0.2:8080"}
          expose: {%s}
          availability: OnDemand
        """
        .formatted(expose);
  }

  private static String policy(String expression) {
    return """
        {"on_http_request": [
          {"expressions": ["%s"], "actions": [{"type": "deny"}]},
          {"actions": [{"type": "forward-internal", "config": {"url": "https://console.c1.internal"}}]}
        ]}
        """
        .formatted(expression);
  }

  private String endpoint(String policy) {
    account.call(
        "POST",
        "/reserved_domains",
        new ObjectMapper()
            .createObjectNode()
            .put("domain", "console.example.com")
            .put("description", "Clinic c1")
            .put("metadata", Mark.of("one", SITE, "uid", "c1").text())
            .toString());
    return account
        .call(
            "POST",
            "/endpoints",
            new ObjectMapper()
                .createObjectNode()
                .put("type", "cloud")
                .put("url", "https://console.example.com")
                .put("traffic_policy", policy)
                .put("metadata", Mark.of("one", CONSOLE, "uid", "c1").text())
                .toString())
        .path("id")
        .asText();
  }
}
