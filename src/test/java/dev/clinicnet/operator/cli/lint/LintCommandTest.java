package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LintCommandTest {
  private static final String BROKEN =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata:
        name: clinic1
      spec:
        deletionPolicy: "100%"
      """;
  private static final String WITHOUT_CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: ClinicService
      metadata:
        name: rest-api
      spec:
        clinicRef:
          name: clinic1
        upstream:
          url: http://10.0.0.1:8080
      """;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String standardInput = "";
  private Path broken;

  @BeforeEach
  void write() throws IOException {
    broken = directory.resolve("a, b:c.yaml");
    Files.writeString(broken, BROKEN);
  }

  @Test
  void anObjectThatGetsItsNameLaterIsShownByItsBeginning() {
    assertThat(lint("examples/session")).isZero();
    assertThat(out.toString()).contains("warning: ClinicSession default/dashboard-*");
  }

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void theExamplesHaveNoProblemButNetworksOfIPv4Only(OutputFormat format) {
    assertThat(lint("examples", "--output", format.name())).isZero();
    String shown = out.toString();
    assertThat(shown).doesNotContain("error:", "::error", "\"error\"");
    int warnings = shown.split(" lists IPv4 networks only: ", -1).length - 1;
    assertThat(warnings).isEqualTo(3);
    String each =
        switch (format) {
          case human -> ": warning: ";
          case json -> "\"severity\" : \"warning\"";
          case sarif -> "\"level\" : \"warning\"";
          case github -> "::warning ";
        };
    assertThat(shown.split(Pattern.quote(each), -1)).hasSize(warnings + 1);
  }

  @Test
  void errorsArePrintedWithTheirPlaceAndFail() {
    assertThat(lint(broken.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .contains(
            broken
                + ":6:19: error: Clinic default/clinic1: spec.deletionPolicy: Unsupported value:"
                + " \"100%\": supported values: \"Delete\", \"Retain\" (the rules are checked once this is"
                + " right)",
            "1 object, 1 error, 0 warnings");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void warningsDoNotFail() {
    standardInput = WITHOUT_CLINIC;

    assertThat(lint("-", "--namespace", "north")).isZero();
    assertThat(out.toString())
        .startsWith("-:7:11: warning: ClinicService north/rest-api: spec.clinicRef.name clinic1:")
        .endsWith("1 object, 0 errors, 1 warning\n");
  }

  @ParameterizedTest
  @CsvSource({
    "human, warning: ClinicService default/web: spec.trafficPolicy.on_http_request[0]",
    "json, '\"severity\" : \"warning\"'",
    "sarif, '\"level\" : \"warning\"'",
    "github, '::warning file=-,line=14'",
  })
  void whatTheOperatorWarnsOfIsShownAndFailsWhenStrict(String format, String shown) {
    standardInput =
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicList
        items:
        - metadata: {name: one}
          spec: {domains: [{name: "*.api.example.com", shared: true}]}
        ---
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: web}
        spec:
          clinicRef: {name: one}
          upstream: {url: "http://10.0.0.1:8080"}
          expose: {https: {host: web.api.example.com}}
          trafficPolicy: {on_http_request: [{actions: [{type: denny}]}]}
        """;

    assertThat(lint("-", "--output", format)).isZero();
    assertThat(out.toString()).contains(shown, "did you mean deny?");
    assertThat(lint("-", "--strict")).isEqualTo(1);
    assertThat(out.toString()).contains("2 objects, 1 error, 0 warnings");
  }

  @Test
  void jsonHasEveryPart() throws IOException {
    assertThat(lint(broken.toString(), "--output", "json")).isEqualTo(1);

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("errors").asInt()).isEqualTo(1);
    assertThat(json.get("warnings").asInt()).isZero();
    JsonNode problem = json.get("problems").get(0);
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactly(
            "file", "line", "column", "severity", "kind", "namespace", "name", "field", "message");
    assertThat(problem.get("field").asText()).isEqualTo("spec.deletionPolicy");
    assertThat(problem.get("severity").asText()).isEqualTo("error");
    assertThat(problem.get("line").asInt()).isEqualTo(6);
  }

  @Test
  void sarifNamesTheToolTheRuleAndThePlace() throws IOException {
    assertThat(lint(broken.toString(), "--output", "sarif")).isEqualTo(1);

    JsonNode sarif = new ObjectMapper().readTree(out.toString());
    assertThat(sarif.get("version").asText()).isEqualTo("2.1.0");
    JsonNode run = sarif.get("runs").get(0);
    JsonNode driver = run.get("tool").get("driver");
    assertThat(driver.get("name").asText()).isEqualTo("clinic-operator");
    JsonNode result = run.get("results").get(0);
    assertThat(result.get("ruleId")).isEqualTo(driver.get("rules").get(0).get("id"));
    assertThat(result.get("level").asText()).isEqualTo("error");
    assertThat(result.get("message").get("text").asText()).contains("spec.deletionPolicy");
    JsonNode place = result.get("locations").get(0).get("physicalLocation");
    assertThat(place.get("artifactLocation").get("uri").asText())
        .startsWith("file:/")
        .endsWith("/a,%20b:c.yaml");
    assertThat(place.get("region").get("startLine").asInt()).isEqualTo(6);
    assertThat(place.get("region").get("startColumn").asInt()).isEqualTo(19);
  }

  @Test
  void githubGetsItsEscapes() {
    assertThat(lint(broken.toString(), "--output", "github")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "/a%2C b%3Ac.yaml,line=6,col=19::Clinic default/clinic1: spec.deletionPolicy:"
                + " Unsupported value: \"100%25\"");
  }

  @Test
  void directoriesAreReadToTheBottomAndFilesOnce() throws IOException {
    Files.createDirectories(directory.resolve("north/.hidden"));
    Files.writeString(directory.resolve("north/x.yml"), BROKEN.replace("clinic1", "clinic2"));
    Files.writeString(directory.resolve("north/.hidden/x.yml"), BROKEN);
    Files.writeString(
        directory.resolve("north/x.json"), "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}");
    Files.writeString(directory.resolve("north/x.txt"), "?");

    assertThat(lint(directory.toString(), broken.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("3 objects, 2 errors, 0 warnings");
  }

  @Test
  void whatCannotBeReadIsAnErrorThatNamesIt() throws IOException {
    Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(lint("nowhere.yaml", directory.resolve("latin.yaml").toString(), empty.toString()))
        .isEqualTo(1);
    assertThat(out.toString().lines())
        .contains("nowhere.yaml:1:1: error: cannot be read: there is no such file")
        .anyMatch(line -> line.endsWith("latin.yaml:1:1: error: is not UTF-8"))
        .anyMatch(line -> line.endsWith("empty:1:1: error: holds no *.yaml, *.yml or *.json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# Nothing yet.\n",
        "---\n---\n",
        "apiVersion: v1\nkind: List\nitems: null\n",
        "apiVersion: v1\nkind: List\nitems: []\n",
        "apiVersion: v1\nkind: List\n",
      })
  void whatHoldsNoObjectIsAnErrorThatNamesIt(String text) throws IOException {
    standardInput = text;
    Path file = Files.writeString(directory.resolve("empty.yaml"), text);

    assertThat(lint("-")).isEqualTo(1);
    assertThat(lint(file.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .contains("0 objects, 1 error, 0 warnings")
        .anyMatch(line -> line.startsWith("-:1:1: error: holds no object"))
        .anyMatch(line -> line.startsWith(file + ":1:1: error: holds no object"));
  }

  @Test
  void oneOfSeveralFilesMayHoldNoObject() throws IOException {
    Path some = Files.createDirectory(directory.resolve("some"));
    Files.writeString(some.resolve("a.yaml"), "# Nothing yet.\n");

    assertThat(lint(some.toString())).isEqualTo(1);
    assertThat(out.toString()).contains(some + ":1:1: error: holds no object");

    Files.writeString(some.resolve("b.yaml"), WITHOUT_CLINIC);
    assertThat(lint(some.toString())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Foo_", "", "a.b", "-a"})
  void aNamespaceIsADNSLabel(String namespace) {
    assertThat(lint("examples", "--namespace", namespace)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains(
            "--namespace",
            "'" + namespace + "' is not the name of a namespace: use up to 63 lowercase letters");
  }

  @Test
  void aWrongCallIsAUsageError() {
    assertThat(lint()).isEqualTo(2);
    assertThat(lint("examples", "--output", "xml")).isEqualTo(2);
    assertThat(err.toString()).contains("FILE", "human, json, sarif, github");
  }

  private int lint(String... args) {
    byte[] input = standardInput.getBytes(StandardCharsets.UTF_8);
    return new CommandLine(new LintCommand(new ByteArrayInputStream(input)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
