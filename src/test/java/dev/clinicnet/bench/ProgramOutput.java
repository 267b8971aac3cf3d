package dev.clinicnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a program prints that ends soon. */
final class ProgramOutput {
  private ProgramOutput() {}

  /**
   * Runs a program and waits for its end.
   *
   * @throws IllegalStateException if it fails, with what it printed
   */
  static String of(ProcessBuilder program) {
    try {
      Process process = program.redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(program.command().get(0) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
