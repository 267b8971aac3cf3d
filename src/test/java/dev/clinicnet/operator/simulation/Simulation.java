package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.cli.CommandErrors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulation as a command: see {@code docs/reliability.md}. */
@Command(
    name = "simulation",
    mixinStandardHelpOptions = true,
    description = "Runs the operator in a simulated world in which everything goes wrong.")
public final class Simulation implements Callable<Integer> {
  @Option(names = "--from", defaultValue = "1", description = "The first seed. Default: 1.")
  private long from;

  @Option(
      names = "--count",
      defaultValue = "10000",
      description = "How many seeds, one after the other. Default: 10000.")
  private long count;

  @Option(names = "--schedule", description = "Runs one schedule, and prints its trace.")
  private String schedule;

  @Option(
      names = "--exhaustive",
      description = "Crashes at every call of the lives of clinics, before it and after it.")
  private boolean exhaustive;

  @Option(names = "--first", description = "Stops at the first broken rule, and only names it.")
  private boolean first;

  @Option(
      names = "--threads",
      description = "How many runs are made side by side. Default: one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Made by picocli. */
  public Simulation() {}

  /** Runs it and ends the process: 0 means that no rule was broken. */
  public static void main(String[] args) {
    CommandErrors errors = new CommandErrors();
    System.exit(
        new CommandLine(new Simulation())
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .execute(args));
  }

  @Override
  public Integer call() {
    Logs.take();
    if (schedule != null) {
      return replay();
    }
    List<Schedule> schedules =
        exhaustive
            ? Life.everyCrash()
            : LongStream.range(from, from + count).mapToObj(Schedule::of).toList();
    long begun = System.nanoTime();
    Campaign campaign = new Campaign(first).run(schedules, threads);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    for (Campaign.Failing failing : campaign.failing()) {
      System.out.println(first ? failing.brief() : failing.report());
    }
    System.out.println("%s, in %d s".formatted(campaign.figures(), took.toSeconds()));
    return campaign.failing().isEmpty() ? 0 : 1;
  }

  private int replay() {
    Run run = Run.of(Schedule.parse(schedule));
    run.trace().forEach(System.out::println);
    run.violations().forEach(System.out::println);
    return run.violations().isEmpty() ? 0 : 1;
  }
}
