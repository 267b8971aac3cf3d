package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The source of the ngrok API key, which may also be an access token: an environment variable, or a
 * file that is read again for every request, so that a replaced key takes effect at once. It is
 * never an option, because everybody on a machine can see the options.
 */
final class ApiKey {
  static final String VARIABLE = "NGROK_API_KEY";

  /** What every access token begins with (documented). */
  private static final String ACCESS_TOKEN = "ngrok_pat_";

  private ApiKey() {}

  /**
   * The source.
   *
   * @param file null for the variable
   * @throws StartFailure when it has no key now
   */
  static Supplier<String> from(Path file, Environment environment) {
    String variable = environment.variable(VARIABLE).orElse(null);
    if (file != null && variable != null) {
      throw new StartFailure(
          ExitReason.API_KEY_TWICE,
          VARIABLE + " and --ngrok-api-key-file are both given: leave one out");
    }
    if (file == null && variable == null) {
      throw new StartFailure(
          ExitReason.API_KEY_MISSING,
          "No API key: set " + VARIABLE + " or give --ngrok-api-key-file FILE");
    }
    if (file == null) {
      requireUsable(variable, VARIABLE);
      return () -> variable;
    }
    try {
      requireUsable(Files.readString(file).strip(), "--ngrok-api-key-file " + file);
    } catch (IOException e) {
      throw new StartFailure(
          ExitReason.API_KEY_UNUSABLE,
          "--ngrok-api-key-file " + file + " cannot be read: check the path and its permissions");
    }
    return () -> read(file);
  }

  /**
   * The key; null while it cannot be read. Requests then fail with the message that the key is
   * missing.
   */
  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException gone) {
      return null;
    }
  }

  private static void requireUsable(String key, String source) {
    if (!key.matches("[!-~]+") || key.equals(ACCESS_TOKEN)) {
      throw new StartFailure(
          ExitReason.API_KEY_UNUSABLE,
          source
              + " holds no API key: a key is one word, from dashboard.ngrok.com, API Keys or Access"
              + " Tokens");
    }
  }
}
