package dev.clinicnet.operator.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("displayName", "domains", "labels", "sa", "us", "suspend");

  @ParameterizedTest
  @CsvSource({
    "displayname, displayName",
    "dispalyName, displayName",
    "lables, labels",
    "domain, domains",
    "SUSPEND, suspend",
    "usa, us"
  })
  void aSlipOfThePenIsFound(String name, String meant) {
    assertThat(NearestName.of(name, KNOWN)).hasValue(meant);
  }

  @Test
  void whatIsFarFromAllIsNone() {
    assertThat(NearestName.of("replicas", KNOWN, 2)).isEmpty();
    assertThat(NearestName.hint("replicas", KNOWN)).isEmpty();
    assertThat(NearestName.hint("lables", KNOWN)).isEqualTo("; did you mean labels?");
  }
}
