package dev.clinicnet.operator.api.schema;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A committed file that is made from something else. */
public final class GeneratedFile {
  private static final int BEFORE = 200;
  private static final int AFTER = 400;

  private GeneratedFile() {}

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
