package dev.clinicnet.operator.simulation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Looks for a seed that breaks a rule, first among those that are given, then among the first ones.
 * {@link Faults} makes one for each class loader, so it has a constructor without parameters.
 */
public final class FirstBroken implements Function<List<Long>, String> {
  private static final int SCHEDULES = 500;

  /** Made by its name. */
  public FirstBroken() {}

  /** The first broken rule with its seed; an empty text if no schedule breaks one. */
  @Override
  public String apply(List<Long> seeds) {
    return new Campaign(true)
        .run(
            LongStream.concat(
                    seeds.stream().mapToLong(seed -> seed), LongStream.rangeClosed(1, SCHEDULES))
                .mapToObj(Schedule::of)
                .toList(),
            1)
        .first()
        .map(Campaign.Failing::brief)
        .orElse("");
  }
}
