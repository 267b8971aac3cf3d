package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.schema.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line says what the page says. */
class RemediesTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:nothing|time|setup|somebody) \\| (.+) \\|$");

  @Test
  void theFileIsWhatThePageSays() throws IOException {
    String page = Files.readString(Path.of("docs/conditions.md"));

    GeneratedFile.assertCurrent(
        Path.of("src/main/resources/dev/clinicnet/operator/condition/remedies.txt"),
        ROW.matcher(page)
            .results()
            .map(row -> row.group(1) + " " + plain(row.group(2)) + "\n")
            .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasItsText(Reason reason) {
    assertThat(Remedies.of(reason)).endsWith(".").doesNotContain("](", "`");
  }

  private static String plain(String markup) {
    return markup
        .replaceAll("\\[([^\\]]+)\\]\\(([a-z-]+\\.md)[^)]*\\)", "$1 (docs/$2)")
        .replace("`", "");
  }
}
