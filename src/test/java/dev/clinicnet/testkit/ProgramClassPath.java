package dev.clinicnet.testkit;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the operator for a process: that of this JVM without the tests. */
public final class ProgramClassPath {
  private ProgramClassPath() {}

  /** The class path, for {@code -cp}. */
  public static String get() {
    Path tests = path(ProgramClassPath.class.getProtectionDomain().getCodeSource().getLocation());
    return entries()
        .filter(entry -> !entry.equals(tests))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A test launcher may have its own class loader. Then the JVM's class path is incomplete. */
  private static Stream<Path> entries() {
    return ProgramClassPath.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs()).map(ProgramClassPath::path)
        : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().normalize());
  }

  private static Path path(URL url) {
    try {
      URI uri = url.toURI();
      return Path.of(uri).toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
