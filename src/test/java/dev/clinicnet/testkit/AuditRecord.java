package dev.clinicnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes an API server record the requests of the operator's account: one file of JSON lines for
 * each API server, kept until the next run of all tests. The content of objects is never recorded.
 */
public final class AuditRecord {
  /** The directory of the files. */
  public static final Path DIRECTORY = Path.of("target/audit");

  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: Metadata
          users: ["system:serviceaccount:clinic-operator:clinic-operator"]
        - level: None
      """;

  private AuditRecord() {}

  static List<String> flags() {
    try {
      Path directory = Files.createDirectories(DIRECTORY).toAbsolutePath();
      Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
      Path log = Files.createTempFile(directory, "kube-apiserver", ".log");
      return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
