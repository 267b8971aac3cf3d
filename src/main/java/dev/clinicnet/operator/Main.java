package dev.clinicnet.operator;

import dev.clinicnet.operator.demo.DemoCommand;
import dev.clinicnet.operator.simulator.SimulatorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code run} and its companions. */
@Command(
    name = "clinic-operator",
    description = "Connects clinics to a cloud, through ngrok.",
    subcommands = {DemoCommand.class, SimulatorCommand.class})
public final class Main implements Runnable {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
