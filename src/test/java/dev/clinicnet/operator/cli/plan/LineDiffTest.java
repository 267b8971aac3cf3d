package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void whatIsFarFromADifferenceIsLeftOut() {
    List<String> before = List.of("1", "2", "3", "4", "5", "6", "old", "7");
    List<String> after = List.of("1", "2", "3", "4", "5", "6", "new", "7", "8");

    assertThat(LineDiff.of(before, after))
        .containsExactly("  ...", "  4", "  5", "  6", "- old", "+ new", "  7", "+ 8");
  }

  @Test
  void aNewTextIsAllNew() {
    assertThat(LineDiff.of(List.of(), List.of("a", "b"))).containsExactly("+ a", "+ b");
  }
}
