package dev.clinicnet.operator.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Looks for a schedule that breaks a rule: among the given seeds, the first ones, and those with
 * changes {@link DuringLists} and with {@link LateTokens}. {@link Faults} makes one for each class
 * loader, so it has a constructor without parameters.
 */
public final class FirstBroken implements Function<List<Long>, String> {
  private static final int FIRST = 20;
  private static final int LISTS = 12;
  private static final int TOKENS = 20;
  private static final int LAST = 500 - 4 * LISTS - 6 * TOKENS - 6;

  /** Made by its name. */
  public FirstBroken() {}

  /** The first broken rule with its seed; an empty text if no schedule breaks one. */
  @Override
  public String apply(List<Long> seeds) {
    Logs.take();
    return Stream.of(
            seeds.stream().map(Schedule::of),
            LongStream.rangeClosed(1, FIRST).mapToObj(Schedule::of),
            UnlistedLocks.of(1).stream(),
            LongStream.rangeClosed(1, LISTS).boxed().flatMap(seed -> DuringLists.of(seed).stream()),
            LongStream.rangeClosed(1, TOKENS).boxed().flatMap(seed -> LateTokens.of(seed).stream()),
            LongStream.rangeClosed(FIRST + 1, LAST).mapToObj(Schedule::of))
        .flatMap(Function.identity())
        .map(schedule -> new Campaign.Failing(schedule, Run.of(schedule)))
        .filter(made -> !made.run().violations().isEmpty())
        .map(Campaign.Failing::brief)
        .findFirst()
        .orElse("");
  }
}
