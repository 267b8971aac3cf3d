package dev.clinicnet.operator.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates and keys made for tests, valid for twenty years. */
public final class Fixtures {
  private Fixtures() {}

  /** The text of a file in {@code src/test/resources/certificate}. */
  public static String read(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/certificate", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
