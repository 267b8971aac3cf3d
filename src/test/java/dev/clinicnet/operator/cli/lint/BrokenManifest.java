package dev.clinicnet.operator.cli.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service that must not be programmed, with its references, or a session with the file's name
 * that must not be opened.
 *
 * @param by the component that refuses it: api (the schema), operator, or reference (the operator,
 *     because of a reference)
 * @param field the wrong field; empty if the message names it
 * @param expect a part of the message, which is the same from all components
 */
public record BrokenManifest(String name, String by, String field, String expect, String text) {
  private static final Path DIRECTORY = Path.of("src/test/resources/broken");

  /** The sound Clinic and service that they are applied over. */
  public static final Path GOOD = DIRECTORY.resolve("good");

  /** All cases. */
  public static List<BrokenManifest> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(Files::isRegularFile).sorted().map(BrokenManifest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of the case. */
  public Path file() {
    return DIRECTORY.resolve(name);
  }

  /** The session that it is about; empty when it is about the service. */
  public Optional<String> session() {
    return Optional.of(name.replace(".yaml", ""))
        .filter(session -> text.contains("kind: ClinicSession\nmetadata: {name: " + session + "}"));
  }

  private static BrokenManifest read(Path file) {
    try {
      String text = Files.readString(file);
      return new BrokenManifest(
          file.getFileName().toString(),
          comment(text, "by"),
          comment(text, "field"),
          comment(text, "expect"),
          text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String comment(String text, String key) {
    String prefix = "# " + key + ":";
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
