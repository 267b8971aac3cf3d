package dev.clinicnet.operator.cli.lint;

import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The files of a command that reads manifests, and does nothing without them. */
public final class ManifestFiles extends ManifestNamespace {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files, directories (every *.yaml, *.yml and *.json below), or - for standard input.")
  private List<String> files;

  /** Files, of which {@code -} is the standard input. */
  public ManifestFiles(InputStream standardInput) {
    super(standardInput);
  }

  /** Reads and checks the files that the user gave as parameters. */
  public LintedFiles read() {
    return read(files);
  }
}
