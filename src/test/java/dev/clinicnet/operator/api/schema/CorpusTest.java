package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpus leaves nothing out. That the API server agrees is tested elsewhere. */
class CorpusTest {

  @ParameterizedTest
  @ValueSource(
      classes = {Clinic.class, ClinicService.class, ClinicSession.class, NgrokAccount.class})
  void someInvalidCaseIsRefusedByEachConstraint(Class<? extends HasMetadata> kind)
      throws IOException {
    Set<String> covered =
        cases(kind).stream()
            .map(CorpusCase::covers)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(covered).containsExactlyElementsOf(keys(kind));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Clinic.class, ClinicService.class, ClinicSession.class, NgrokAccount.class})
  void noTwoConstraintsShareAKey(Class<? extends HasMetadata> kind) {
    assertThat(constraints(kind)).extracting(Constraint::key).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Clinic.class, ClinicService.class, ClinicSession.class, NgrokAccount.class})
  void everyRuleSaysWhatToDo(Class<? extends HasMetadata> kind) {
    assertThat(constraints(kind))
        .filteredOn(c -> c.kind().equals("rule"))
        .allSatisfy(c -> assertThat(c.value()).matches("(?s).+: .+"));
  }

  @Test
  void everyCaseSaysWhatItIs() throws IOException {
    for (CorpusCase corpusCase : CorpusCase.all()) {
      assertThat(corpusCase.name()).matches("[a-z]+/[A-Za-z.]+/(in)?valid-[a-z0-9-]+\\.yaml");
      assertThat(corpusCase.documents()).as(corpusCase.name()).hasSizeBetween(1, 2);
      assertThat(corpusCase.expect() == null).as(corpusCase.name()).isEqualTo(corpusCase.valid());
      assertThat(corpusCase.covers() == null).as(corpusCase.name()).isEqualTo(corpusCase.valid());
    }
  }

  @Test
  void noCaseCountsForTheOperatorsOfOtherTests() throws IOException {
    assertThat(CorpusCase.all())
        .filteredOn(c -> c.kind().equals("ngrokaccount"))
        .isNotEmpty()
        .flatExtracting(CorpusCase::documents)
        .extracting(document -> document.getMetadata().getName())
        .doesNotContain(NgrokAccount.DEFAULT);
  }

  private static List<CorpusCase> cases(Class<? extends HasMetadata> kind) throws IOException {
    return CorpusCase.all().stream()
        .filter(c -> c.kind().equalsIgnoreCase(kind.getSimpleName()))
        .toList();
  }

  private static Set<String> keys(Class<? extends HasMetadata> kind) {
    return constraints(kind).stream()
        .map(Constraint::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Constraint> constraints(Class<? extends HasMetadata> kind) {
    return Constraint.of(
        new CrdGeneration(kind)
            .generate()
            .getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema());
  }
}
