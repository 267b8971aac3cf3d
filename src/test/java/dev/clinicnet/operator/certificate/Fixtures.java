package dev.clinicnet.operator.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates and keys made for tests, valid for twenty years. */
public final class Fixtures {
  private Fixtures() {}

  /** A ConfigMap {@code clients} with the authority {@code ca.crt}, which manifests may name. */
  public static String authorities() {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: clients
          labels: {clinicnet.dev/referenced: "true"}
        data: {ca.crt: "%s"}
        """
        .formatted(read("ca.crt").replace("\n", "\\n"));
  }

  /** The text of a file in {@code src/test/resources/certificate}. */
  public static String read(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/certificate", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
