package dev.clinicnet.operator.cli.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A manifest with one mistake that somebody may make, applied beside a sound Clinic.
 *
 * @param says the one line that lint prints, after the name of the file
 */
public record Mistake(String name, String says, String text) {
  private static final Path DIRECTORY = Path.of("src/test/resources/mistakes");
  private static final String SAYS = "# says: ";

  /** Words of libraries, which do not help the author of a manifest. */
  public static final Pattern OF_A_LIBRARY =
      Pattern.compile(
          "google\\.|type conversion|index out of range|evaluating rule|java\\.|dev\\.cel|no such key"
              + "|fasterxml|snakeyaml|Exception|For input string|NullPointer|no viable alternative"
              + "|mismatched input|cannot start any token|found undefined");

  /** All cases. */
  public static List<Mistake> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(Mistake::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of the case. */
  public Path file() {
    return DIRECTORY.resolve(name);
  }

  private static Mistake read(Path file) {
    try {
      String text = Files.readString(file);
      String says = text.lines().findFirst().filter(line -> line.startsWith(SAYS)).orElseThrow();
      return new Mistake(file.getFileName().toString(), says.substring(SAYS.length()), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
