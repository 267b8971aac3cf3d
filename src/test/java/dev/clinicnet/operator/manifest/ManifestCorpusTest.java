package dev.clinicnet.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clinicnet.operator.api.schema.CorpusCase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The corpus without an API server. That the API server says the same is tested elsewhere. */
class ManifestCorpusTest {

  @TestFactory
  Stream<DynamicTest> whatIsValidHasNoProblem() throws IOException {
    return CorpusCase.all().stream()
        .filter(CorpusCase::valid)
        .map(c -> dynamicTest(c.name(), () -> accepts(c)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsInvalidIsRefusedWithTheExpectedWords() throws IOException {
    return CorpusCase.all().stream()
        .filter(c -> !c.valid())
        .map(c -> dynamicTest(c.name(), () -> refuses(c)));
  }

  /** A second cause that follows from the first would send people after what is not wrong. */
  @TestFactory
  Stream<DynamicTest> oneMistakeHasOneCause() throws IOException {
    return CorpusCase.all().stream()
        .filter(c -> !c.valid())
        .map(c -> dynamicTest(c.name(), () -> hasOneCause(c)));
  }

  private static void hasOneCause(CorpusCase corpusCase) throws IOException {
    assertThat(CorpusRefusals.violations(corpusCase))
        .filteredOn(violation -> !violation.detail().startsWith("some validation rules were not"))
        .hasSize(1)
        .allSatisfy(
            violation -> assertThat(violation.detail()).doesNotContain(" evaluating rule: "));
  }

  private static void accepts(CorpusCase corpusCase) throws IOException {
    List<Document> documents = CorpusRefusals.documents(corpusCase);
    for (Document document : documents) {
      assertThat(ManifestValidation.violations(document, Optional.empty())).isEmpty();
    }
    assertThat(CorpusRefusals.violations(corpusCase)).isEmpty();
  }

  private static void refuses(CorpusCase corpusCase) throws IOException {
    List<Violation> violations = CorpusRefusals.violations(corpusCase);

    assertThat(violations)
        .anySatisfy(
            violation -> {
              assertThat(violation.field() + ": " + violation.cause())
                  .contains(corpusCase.expect());
              assertThat(violation.field().replaceAll("\\[\\d+]", "[]"))
                  .isEqualTo(corpusCase.blamedField());
              assertThat(violation.position().line()).isGreaterThan(1);
            });
  }
}
