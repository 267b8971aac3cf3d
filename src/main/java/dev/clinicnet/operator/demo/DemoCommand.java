package dev.clinicnet.operator.demo;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the main job before your eyes, from a checkout. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Converges three clinics of examples/ against a simulated ngrok account, and checks itself.",
      "Runs from a checkout of the source only."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--real",
      description =
          "On a real kube-apiserver and etcd, built first if need be, instead of the embedded API.")
  private boolean real;

  @Option(names = "--stay", description = "Keep everything running afterwards, until Ctrl-C.")
  private boolean stay;

  @Option(names = "--verbose", description = "Show the operator's log, and stack traces.")
  private boolean verbose;

  /** Made by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() {
    PrintStream out = System.out;
    // Nothing below may be loaded before this: the jar lacks classes that it refers to.
    if (!Checkout.isPresent()) {
      System.err.println(
          "The demo runs from the directory of a checkout: mvn -q compile exec:java@demo");
      return CommandLine.ExitCode.USAGE;
    }
    boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
    return new Demo(
            new DemoOptions(real, stay, verbose, DemoOptions.LIMIT, Optional.empty()),
            new Screen(out, colour))
        .run();
  }
}
