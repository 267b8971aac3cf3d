package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.cli.run.OptionValue;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: checks manifests, and fails when one would be refused. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = {
      "Checks manifests for what the API server or the operator would refuse.",
      "It needs no cluster and no ngrok account. Exits with 1 on an error."
    })
public final class LintCommand implements Callable<Integer> {
  private final InputStream standardInput;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files, directories (every *.yaml, *.yml and *.json below), or - for standard input.")
  private List<String> files;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How problems are printed: ${COMPLETION-CANDIDATES}. Default: human.")
  private OutputFormat output = OutputFormat.human;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace of objects that do not name one. Default: default.")
  private String namespace = "default";

  @Option(names = "--strict", description = "Count every warning as an error.")
  private boolean strict;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public LintCommand() {
    this(System.in);
  }

  LintCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() {
    LintedFiles linted = LintedFiles.of(files, namespace, standardInput, spec.commandLine());
    Findings findings = (strict ? linted.strict() : linted).findings();
    spec.commandLine().getOut().print(output.text(findings));
    spec.commandLine().getOut().flush();
    return findings.errors() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
