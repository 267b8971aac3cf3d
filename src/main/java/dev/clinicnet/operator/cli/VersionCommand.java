package dev.clinicnet.operator.cli;

import dev.clinicnet.operator.config.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: prints the version of this release. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:The version was printed.", "2:Wrong usage."},
    description = "Prints the version.")
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().printVersionHelp(spec.commandLine().getOut());
  }

  /** The line that is printed. */
  static final class Line implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "clinic-operator " + Version.current() + " (Java " + Runtime.version() + ")"
      };
    }
  }
}
