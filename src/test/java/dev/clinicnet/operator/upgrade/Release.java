package dev.clinicnet.operator.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The state of a release, or of the code before the first one: its CRDs, and the objects that it
 * made from the examples, in the cluster and at ngrok. {@code dev/release} has written it, with
 * {@link ReleaseSnapshot}.
 */
record Release(Path directory) {
  static final Path ALL = Path.of("src/test/compat");
  static final String CRDS = "crds";
  static final String OBJECTS = "objects.yaml";
  static final String ACCOUNT = "account.json";
  static final String TIME = "time.txt";

  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---\\n");

  /** All releases, and {@code before-0.1.0}. */
  static List<Release> all() {
    try (Stream<Path> directories = Files.list(ALL)) {
      return directories.filter(Files::isDirectory).sorted().map(Release::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String version() {
    return directory.getFileName().toString();
  }

  /** The namespace that the objects were in, and are put back into: marks name it. */
  static String namespace(String version) {
    return "release-" + version.replace('.', '-');
  }

  Path crds() {
    return directory.resolve(CRDS);
  }

  /** The objects, each as YAML, owners before what is theirs. */
  List<String> objects() {
    return DOCUMENTS.splitAsStream(read(OBJECTS)).filter(yaml -> !yaml.isBlank()).toList();
  }

  String account() {
    return read(ACCOUNT);
  }

  /** When this was how things were: a session that was open then is so at that time only. */
  Instant time() {
    return Instant.parse(read(TIME).strip());
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return version();
  }
}
