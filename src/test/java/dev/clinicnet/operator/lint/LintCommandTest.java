package dev.clinicnet.operator.lint;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
  void theExamplesAreClean(OutputFormat format) {
    assertThat(lint("examples", "--output", format.name())).isZero();
    assertThat(out.toString()).doesNotContain("error:", "warning:", "::", "\"ruleId\"");
  }

  @Test
  void errorsArePrintedWithTheirPlaceAndFail() {
    assertThat(lint(broken.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .contains(
            broken
                + ":6:19: error: Clinic default/clinic1: spec.deletionPolicy: Unsupported value:"
                + " \"100%\": supported values: \"Delete\", \"Retain\"",
            "1 object, 2 errors, 0 warnings");
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

  @Test
  void jsonHasEveryPart() throws IOException {
    assertThat(lint(broken.toString(), "--output", "json")).isEqualTo(1);

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("errors").asInt()).isEqualTo(2);
    assertThat(json.get("warnings").asInt()).isZero();
    JsonNode problem = json.get("problems").get(1);
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
    JsonNode result = run.get("results").get(1);
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
    assertThat(out.toString()).contains("3 objects, 4 errors, 0 warnings");
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
