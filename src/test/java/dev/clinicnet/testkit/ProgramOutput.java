package dev.clinicnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a program prints that ends soon, and that reads no input. */
public final class ProgramOutput {
  private ProgramOutput() {}

  /**
   * Runs a program and waits for its end.
   *
   * @throws IllegalStateException if it fails, with what it printed, or when interrupted
   */
  public static String of(ProcessBuilder program) {
    try {
      Process process = program.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s".formatted(String.join(" ", program.command()), code, output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + program.command().get(0) + " ran", e);
    }
  }
}
