package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clinicnet.operator.api.schema.CorpusCase;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The corpus through lint: each last step, as the change that it is. */
class LintCorpusTest {

  @TestFactory
  Stream<DynamicTest> invalidCasesAreRefusedInTheExpectedWords() throws IOException {
    return CorpusCase.all().stream()
        .filter(c -> !c.valid())
        .map(c -> dynamicTest(c.name(), () -> refuses(c)));
  }

  @TestFactory
  Stream<DynamicTest> validCasesHaveNoErrorOfTheSchema() throws IOException {
    return CorpusCase.all().stream()
        .filter(CorpusCase::valid)
        .map(c -> dynamicTest(c.name(), () -> accepts(c)));
  }

  private static void refuses(CorpusCase corpusCase) throws IOException {
    // Lint leaves out what the API server says before the words of a rule.
    String words =
        corpusCase.expect().replaceFirst("^[^ ]+: Invalid value(: \"[^\"]*\")?(: |$)", "");

    assertThat(problems(corpusCase))
        .anySatisfy(
            problem -> {
              assertThat(problem.isError()).isTrue();
              assertThat(problem.field() + ": " + problem.message()).contains(words);
              assertThat(problem.field().replaceAll("\\[\\d+]", "[]"))
                  .isEqualTo(corpusCase.blamedField());
            });
  }

  private static void accepts(CorpusCase corpusCase) throws IOException {
    assertThat(problems(corpusCase)).isEmpty();
    // The host of a service may be refused: its Clinic is not in the file.
    for (Document document : documents(corpusCase)) {
      assertThat(Lint.check(List.of(document))).noneMatch(Problem::isError);
    }
  }

  private static List<Problem> problems(CorpusCase corpusCase) throws IOException {
    List<Document> documents = documents(corpusCase);
    return documents.size() == 1
        ? Lint.check(documents).stream().filter(Problem::isError).toList()
        : ManifestValidation.ofChange(documents.get(1), documents.get(0));
  }

  private static List<Document> documents(CorpusCase corpusCase) throws IOException {
    return new ManifestReader("clinics")
        .read(corpusCase.name(), Files.readString(corpusCase.file()))
        .documents();
  }
}
