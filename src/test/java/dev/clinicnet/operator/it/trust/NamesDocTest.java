package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every kind of name in the table of {@code docs/names.md} is tried by {@link ForeignNamesIT}. */
class NamesDocTest {
  private static final String BEGIN = "<!-- names: checked by NamesDocTest -->\n";
  private static final String END = "<!-- /names -->";

  @Test
  void everyKindOfNameInTheTableIsTriedAndNoOther() throws IOException {
    assertThat(Arrays.stream(ForeignName.values()).map(ForeignName::title).distinct())
        .containsExactlyElementsOf(rows().stream().map(NamesDocTest::title).toList());
  }

  /** The table and the attempts have the same messages for the loser. */
  @Test
  void everyRefusalInTheTableIsMetByAnAttemptAndNoOther() throws IOException {
    for (String row : rows()) {
      assertThat(
              Arrays.stream(ForeignName.values())
                  .filter(name -> name.title().equals(title(row)))
                  .map(ForeignName::reason))
          .as(title(row))
          .containsExactlyInAnyOrderElementsOf(reasons(row));
    }
  }

  @Test
  void everyRowNamesReasonsThatThereAre() throws IOException {
    for (String row : rows()) {
      assertThat(reasons(row)).as(row).isNotEmpty().allMatch(r -> Reason.parse(r).isPresent());
    }
  }

  /** The table has every refusal because of another holder. */
  @Test
  void everyConflictHasItsRow() throws IOException {
    assertThat(rows().stream().flatMap(row -> reasons(row).stream()))
        .containsAll(
            Arrays.stream(Reason.values())
                .map(Reason::name)
                .filter(name -> name.endsWith("Conflict") || name.endsWith("NotOwned"))
                .toList());
  }

  private static String title(String row) {
    return row.split(" \\| ", -1)[0].substring(2);
  }

  /** The words in the last column that are written as code. */
  private static List<String> reasons(String row) {
    return Pattern.compile("`(\\w+)`")
        .matcher(row.split(" \\| ", -1)[3])
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> rows() throws IOException {
    String doc = Files.readString(Path.of("docs/names.md"));
    return doc.substring(doc.indexOf(BEGIN) + BEGIN.length(), doc.indexOf(END))
        .lines()
        .skip(2)
        .toList();
  }
}
