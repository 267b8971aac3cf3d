package dev.clinicnet.operator.api.schema;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that is made from something else. */
public final class GeneratedFile {
  private GeneratedFile() {}

  /** Fails where a file is not as generated, and rewrites it: commit what it then says. */
  public static void assertCurrent(Path file, String generated) throws IOException {
    String committed = Files.exists(file) ? Files.readString(file) : "";
    if (!committed.equals(generated)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
      fail(file + " was not what its sources say. It has been rewritten: review and commit it");
    }
  }
}
