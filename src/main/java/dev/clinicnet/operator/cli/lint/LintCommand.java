package dev.clinicnet.operator.cli.lint;

import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lint}: checks manifests, and fails when one would be refused. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:No error. There may be warnings.",
      "1:At least one error (with --strict: or warning), which may be a file that cannot be read.",
      "2:Wrong usage."
    },
    description = {
      "Checks manifests for what the API server or the operator would refuse.",
      "It needs no cluster and no ngrok account. Exits with 1 on an error."
    })
public final class LintCommand implements Callable<Integer> {
  @Mixin private final ManifestFiles manifests;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How problems are printed: ${COMPLETION-CANDIDATES}. Default: human.")
  private OutputFormat output = OutputFormat.human;

  @Option(names = "--strict", description = "Count every warning as an error.")
  private boolean strict;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public LintCommand() {
    this(System.in);
  }

  LintCommand(InputStream standardInput) {
    this.manifests = new ManifestFiles(standardInput);
  }

  @Override
  public Integer call() {
    LintedFiles linted = manifests.read();
    Findings findings = (strict ? linted.strict() : linted).findings();
    spec.commandLine().getOut().print(output.text(findings));
    spec.commandLine().getOut().flush();
    return findings.errors() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
