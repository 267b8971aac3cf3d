package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.cli.run.OptionValue;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command reads manifests, wherever it got the names of their files. */
public class ManifestNamespace {
  private final InputStream standardInput;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace of objects that do not name one. Default: default.")
  private String namespace = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Files, of which {@code -} is the standard input. */
  public ManifestNamespace(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /** Reads and checks files. */
  public final LintedFiles read(List<String> files) {
    return LintedFiles.of(files, namespace, standardInput, command.commandLine());
  }
}
