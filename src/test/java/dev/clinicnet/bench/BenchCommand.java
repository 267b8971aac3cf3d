package dev.clinicnet.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios on one world, and prints and stores what it measured. */
@Command(
    name = "bench/run",
    description = "Measures the operator on a fleet; bench/README.md explains it.")
public final class BenchCommand implements Callable<Integer> {
  enum Limit {
    real,
    none
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO",
      description =
          "converge, cloud-endpoints, meanwhile, freeze, steady, connect-all, steady-connected,"
              + " change-one, change-all, drift, rotate-all, restart, delete-all")
  List<String> scenarios = List.of();

  @Option(names = "--clinics", defaultValue = "100", description = "Clinics of three services.")
  int clinics;

  @Option(names = "--limit", defaultValue = "none", description = "real or none")
  Limit limit = Limit.none;

  @Option(names = "--factor", defaultValue = "1", description = "The speed of the account's time.")
  int factor;

  @Option(names = "--latency", defaultValue = "0", description = "Milliseconds of each answer.")
  long latency;

  @Option(names = "--java", description = "The JDK that runs the operator. Default: this one.")
  Path java = Path.of(System.getProperty("java.home"));

  @Option(
      names = "--memory",
      description = "The container's memory limit in MiB. Default: that of the Deployment.")
  Integer memory;

  /** Made by picocli. */
  public BenchCommand() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  @Override
  public Integer call() {
    BenchOptions options =
        new BenchOptions(
            clinics,
            limit == Limit.real,
            factor,
            Duration.ofMillis(latency),
            java,
            Optional.ofNullable(memory));
    List<Scenario> chosen = scenarios.stream().map(BenchCommand::scenario).toList();
    ContainerCommand.archive(java);
    Results results = new Results(options);
    boolean holds = true;
    for (List<Scenario> together : worlds(chosen)) {
      try (World world = World.open(options)) {
        if (!together.get(0).beginsEmpty()) {
          new Converge().run(world);
        }
        for (Scenario scenario : together) {
          Figures figures = scenario.run(world);
          holds &= results.add(scenario.name(), figures, world.operator().command());
        }
      }
    }
    return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** The scenarios that share a world: one that begins without Clinics begins a new one. */
  static List<List<Scenario>> worlds(List<Scenario> chosen) {
    List<List<Scenario>> worlds = new ArrayList<>();
    for (Scenario scenario : chosen) {
      if (worlds.isEmpty() || scenario.beginsEmpty()) {
        worlds.add(new ArrayList<>());
      }
      worlds.get(worlds.size() - 1).add(scenario);
    }
    return worlds;
  }

  private static Scenario scenario(String name) {
    return Scenarios.ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no scenario " + name));
  }
}
