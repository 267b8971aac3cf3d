package dev.clinicnet.operator.cli.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The directory for the manifests. */
record ManifestDirectory(Path path) {

  /** Whether it is missing or empty, so that nothing can be overwritten. */
  boolean isFree() throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Writes the files, and leaves others in the directory as they are. */
  void write(Map<String, String> files) throws IOException {
    Files.createDirectories(path);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(path.resolve(file.getKey()), file.getValue());
    }
  }
}
