package dev.clinicnet.operator.api.schema;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A committed file that is made from something else. */
public final class GeneratedFile {
  private static final int BEFORE = 200;
  private static final int AFTER = 400;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private GeneratedFile() {}

  /** YAML as people read it: few quotes, no folded lines. */
  public static String yaml(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails where a file is not as generated, and rewrites it: commit what it then says. */
  public static void assertCurrent(Path file, String generated) throws IOException {
    String committed = Files.exists(file) ? Files.readString(file) : "";
    if (!committed.equals(generated)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
      fail(
          file
              + " was not what its sources say. It has been rewritten: review ('git diff "
              + file
              + "') and commit it. It differs first in "
              + firstDifference(committed, generated));
    }
  }

  private static String firstDifference(String committed, String generated) {
    int at = Arrays.mismatch(committed.toCharArray(), generated.toCharArray());
    long line = committed.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return "line %d, committed:%n%s%ngenerated:%n%s"
        .formatted(line, around(committed, at), around(generated, at));
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - BEFORE), Math.min(text.length(), at + AFTER));
  }
}
