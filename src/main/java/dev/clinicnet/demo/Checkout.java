package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout from which the demo runs, below the present directory. */
final class Checkout {
  private static final Path CRDS = Path.of("crds");
  private static final Path EXAMPLES = Path.of("examples");

  private Checkout() {}

  /** Whether the process runs in the directory of a checkout. */
  static boolean isPresent() {
    return Files.isDirectory(CRDS) && Files.isDirectory(EXAMPLES);
  }

  static List<Path> crds() {
    return yaml(CRDS);
  }

  /** The directories under examples/, one for each site. */
  static List<Path> examples() {
    return Stream.of("clinic1", "clinic2", "access").map(EXAMPLES::resolve).toList();
  }

  static List<Path> yaml(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(Path file, Class<T> type) {
    try {
      return Serialization.unmarshal(Files.readString(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
