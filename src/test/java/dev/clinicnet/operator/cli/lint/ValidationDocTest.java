package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.policy.raw.PublicPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The statements of the page about each example are true. Another test asks the API server. */
class ValidationDocTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  /** One row of the table. */
  private record Row(String apiServer, String lint, String example) {}

  @TestFactory
  Stream<DynamicTest> eachExampleIsCheckedAsThePageSays() throws IOException {
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThan(10);
    return rows.stream().map(row -> dynamicTest(row.example(), () -> check(row)));
  }

  private static void check(Row row) throws IOException {
    ManifestReader.Reading reading = new ManifestReader("default").read("f.yaml", text(row));
    List<Document> documents = new ArrayList<>(reading.documents());
    boolean refused =
        !reading.problems().isEmpty()
            || documents.stream().anyMatch(d -> !ManifestValidation.ofNew(d).isEmpty());
    if (!row.example().contains("/good/")) {
      String clinic = Files.readString(BrokenManifest.GOOD.resolve("clinic.yaml"));
      documents.addAll(new ManifestReader("default").read("c.yaml", clinic).documents());
    }
    List<Problem> problems = new ArrayList<>(reading.problems());
    problems.addAll(Lint.check(documents));

    assertThat(refused ? "refuses" : "accepts").isEqualTo(row.apiServer().split(",", -1)[0]);
    assertThat(row.lint().split("[,:]", -1)[0]).isIn(said(problems));
  }

  /** Nothing may be said of what ngrok alone refuses, or a warning. */
  private static List<String> said(List<Problem> problems) {
    if (problems.stream().anyMatch(Problem::isError)) {
      return List.of("error");
    }
    return problems.isEmpty() ? List.of("nothing") : List.of("warning", "nothing");
  }

  private static String text(Row row) throws IOException {
    if (!row.example().startsWith("public-policies/")) {
      return Files.readString(RESOURCES.resolve(row.example()));
    }
    return PublicPolicy.all()
        .filter(policy -> row.example().endsWith("/" + policy.name() + ".yaml"))
        .findFirst()
        .orElseThrow()
        .service();
  }

  private static List<Row> rows() throws IOException {
    String page = Files.readString(Path.of("docs/validation.md"));
    return page.substring(page.indexOf("<!-- checks"), page.indexOf("<!-- /checks"))
        .lines()
        .filter(line -> line.endsWith("` |"))
        .map(line -> line.split(" \\| ", -1))
        .map(cells -> new Row(cells[1], cells[2], cells[4].replaceAll("[` |]", "")))
        .toList();
  }
}
