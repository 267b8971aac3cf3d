package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.cli.run.OptionValue;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files of a command that reads manifests. */
public final class ManifestFiles {
  private final InputStream standardInput;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files, directories (every *.yaml, *.yml and *.json below), or - for standard input.")
  private List<String> files;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace of objects that do not name one. Default: default.")
  private String namespace = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Files, of which {@code -} is the standard input. */
  public ManifestFiles(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /** Reads and checks the files that the user gave as parameters. */
  public LintedFiles read() {
    return read(files);
  }

  /** Reads and checks files that the user gave in another option. */
  public LintedFiles read(List<String> others) {
    return LintedFiles.of(others, namespace, standardInput, command.commandLine());
  }
}
