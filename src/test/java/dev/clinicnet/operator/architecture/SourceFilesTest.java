package dev.clinicnet.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that has grown long holds a second concept: give that a file of its own. */
class SourceFilesTest {
  private static final int LONGEST = 300;
  private static final int LONGEST_TEST = 400;

  /** To be split; take a name off when it is. */
  private static final Set<String> STILL_LONG = Set.of("RealKubernetes.java");

  @Test
  void noSourceFileIsLong() {
    assertThat(longerThan(LONGEST, Path.of("src/main/java"))).isEmpty();
  }

  @Test
  void noTestFileIsLong() {
    assertThat(longerThan(LONGEST_TEST, Path.of("src/test/java"))).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> unexplained =
          files
              .filter(Files::isDirectory)
              .filter(SourceFilesTest::holdsSources)
              .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
              .toList();

      assertThat(unexplained).isEmpty();
    }
  }

  private static List<String> longerThan(int lines, Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !STILL_LONG.contains(file.getFileName().toString()))
          .filter(file -> lines(file) > lines)
          .map(file -> file + " has " + lines(file) + " lines")
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsSources(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return Math.toIntExact(lines.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
