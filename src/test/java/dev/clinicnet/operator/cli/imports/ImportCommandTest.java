package dev.clinicnet.operator.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.testkit.NgrokAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} on accounts that grew by hand. */
class ImportCommandTest {
  private static final int SITES = 30;

  private final NgrokAccount account = NgrokAccount.open();

  @TempDir private Path temporary;
  private Path directory;

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void aPlanOfWhatIsImportedShowsNothingButMarks() {
    HandMadeSites sites = HandMadeSites.in(account, SITES);
    account.forgetRequests();

    JsonNode report = json(imported());

    assertThat(report.path("clinics")).hasSize(SITES);
    List<String> urls = new ArrayList<>();
    report.path("clinics").findValuesAsText("url").stream()
        .filter(url -> !url.equals("null"))
        .forEach(urls::add);
    assertThat(urls).containsExactlyInAnyOrderElementsOf(sites.publicURLs());
    JsonNode plan = plan();
    assertThat(plan.path("changes")).isNotEmpty();
    for (JsonNode change : plan.path("changes")) {
      assertThat(change.path("action").asText()).as("%s", change).isEqualTo("update");
      assertThat(change.path("fields")).as("%s", change).hasSize(1);
      assertThat(change.path("fields").path(0).path("name").asText()).isEqualTo("metadata");
      assertThat(change.path("fields").path(0).path("after").toString()).contains("instance i1");
    }
    assertThat(plan.path("siteKits")).isEmpty();
    assertThat(plan.path("notes").findValuesAsText("refused")).containsOnly("false");
    Map<String, Integer> changed = new TreeMap<>();
    plan.path("changes")
        .forEach(change -> changed.merge(change.path("resource").asText(), 1, Integer::sum));
    assertThat(changed)
        .containsEntry("endpoints", SITES)
        .containsEntry("credentials", SITES - 2)
        .containsEntry("reserved_domains", 4)
        .doesNotContainKeys("service_users", "reserved_addrs", "tunnel_sessions");
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void theClinicsOfAFurtherAccountNameIt() throws IOException {
    HandMadeSites.in(account, 1);

    directory = temporary.resolve("west");
    CommandRun run = run("import", directory.toString(), "--account", "west");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(directory.resolve("lakeside.yaml")))
        .containsPattern("accountRef:\\s+name: west");
    assertThat(Files.readString(directory.resolve("ngrokaccount.yaml")))
        .containsPattern("metadata:\\s+name: west")
        .containsPattern("apiKeySecretRef:\\s+name: ngrok-accounts\\s+key: west")
        .contains("FILL IN");
  }

  @Test
  void anotherImportGivesTheSameFiles() throws IOException {
    HandMadeSites.in(account, SITES);
    imported();
    Map<String, String> first = files();
    account.call("POST", "/reserved_domains", "{\"domain\": \"new.example.net\"}");

    imported();

    assertThat(files()).isEqualTo(first).hasSize(SITES + 1).containsKey("north-hill.yaml");
  }

  @Test
  void filesAreNotOverwrittenUnlessTold() throws IOException {
    HandMadeSites.in(account, 1);
    imported();
    Path file = directory.resolve("lakeside.yaml");
    String written = Files.readString(file);
    Files.writeString(file, "mine");

    CommandRun refused = run("import", directory.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("is not empty", "--overwrite");
    assertThat(Files.readString(file)).isEqualTo("mine");

    assertThat(run("import", directory.toString(), "--overwrite").code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(written);
  }

  /** What a manifest of a site says. */
  @Test
  void theManifestsAdoptByIDAndKeepTheAuthtoken() throws IOException {
    HandMadeSites.in(account, 2);
    imported();

    assertThat(files().get("mueller-soehne.yaml").replaceAll("(cr|ep|rd)_\\w+", "$1_ID"))
        .isEqualTo(
            """
            # The adopted authtoken is owned by 'Zahnarzt Müller & Söhne', which stays as it is.
            apiVersion: clinicnet.dev/v1alpha1
            kind: Clinic
            metadata:
              name: mueller-soehne
              namespace: default
              annotations:
                clinicnet.dev/keep-authtoken: "true"
                clinicnet.dev/adopt: cr_ID
            spec:
              displayName: Zahnarzt Müller & Söhne
              internalDomain: mueller-soehne.internal
              domains:
                - name: '*.api.example.com'
                  shared: true
            ---
            apiVersion: clinicnet.dev/v1alpha1
            kind: ClinicService
            metadata:
              name: mueller-soehne-rest-api
              namespace: default
              annotations:
                clinicnet.dev/adopt: ep_ID
            spec:
              clinicRef:
                name: mueller-soehne
              upstream:
                url: http://192.168.1.100:8080
              internalURL: https://rest-api.mueller-soehne.internal
              expose:
                https:
                  host: host-1.api.example.com
              trafficPolicy:
                on_http_request:
                  - name: only the API
                    expressions:
                      - req.url.path.startsWith('/api')
                    actions:
                      - type: forward-internal
                  - actions:
                      - type: custom-response
                        config:
                          status_code: 404
                          body: nothing here
            ---
            apiVersion: clinicnet.dev/v1alpha1
            kind: ClinicService
            metadata:
              name: mueller-soehne-ssh
              namespace: default
            spec:
              clinicRef:
                name: mueller-soehne
              upstream:
                url: tcp://localhost:22
              internalURL: tcp://ssh.mueller-soehne.internal:22
            """);
  }

  @Test
  void anEmptyAccountGivesNoFiles() throws IOException {
    CommandRun run = run("import", temporary.resolve("out").toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("0 Clinics and 0 ClinicServices; nothing was written.");
    try (Stream<Path> written = Files.list(temporary)) {
      assertThat(written).isEmpty();
    }
  }

  @Test
  void whatNgrokRefusesIsOneLine() {
    account.refuse("GET", "/endpoints", 403, "ERR_NGROK_202");

    CommandRun run = run("import", temporary.resolve("out").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  private CommandRun imported() {
    directory = temporary.resolve("imported-" + System.nanoTime());
    CommandRun run = run("import", directory.toString(), "--output", "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run;
  }

  private JsonNode plan() {
    CommandRun run =
        run("plan", directory.toString(), "--instance", "i1", "--new-instance", "--output", "json");
    assertThat(run.code()).as(run.err()).isZero();
    return json(run);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> written = Files.list(directory)) {
      for (Path file : written.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static JsonNode json(CommandRun run) {
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(run.out() + run.err(), e);
    }
  }

  private CommandRun run(String... arguments) {
    return CommandRun.on(account.url(), arguments);
  }
}
