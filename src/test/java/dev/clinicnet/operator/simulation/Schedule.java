package dev.clinicnet.operator.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run to make: what people do and when, and what goes wrong at which call. The seed also decides
 * the order of work that could be done at the same time. Its text is what {@link #parse} reads.
 *
 * @param faults by the number of the call
 */
record Schedule(long seed, List<Act> acts, Map<Integer, Fault> faults) {
  private static final int MOST_ACTS = 14;
  private static final int MOST_FAULTS = 10;
  private static final int LONGEST = 600_000;

  /** The number of calls among which faults are drawn. Runs make about so many. */
  private static final int CALLS = 250;

  Schedule {
    acts = List.copyOf(acts);
    faults = new TreeMap<>(faults);
  }

  /** The schedule of a seed. */
  static Schedule of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    List<Act> acts = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_ACTS);
    for (int i = 0; i < count; i++) {
      acts.add(
          new Act(
              Duration.ofMillis(random.nextInt(LONGEST)),
              Act.Kind.RANDOM.get(random.nextInt(Act.Kind.RANDOM.size())),
              random.nextInt(2),
              random.nextInt(100)));
    }
    acts.sort(Comparator.comparing(Act::at));
    Map<Integer, Fault> faults = new TreeMap<>();
    Fault[] possible = Fault.values();
    int most = random.nextInt(MOST_FAULTS + 1);
    for (int i = 0; i < most; i++) {
      faults.put(random.nextInt(CALLS), possible[random.nextInt(possible.length)]);
    }
    return new Schedule(seed, acts, faults);
  }

  /** The schedule of its text, such as {@code 55;213000.RETAIN.1.53;12.CRASH_AFTER}. */
  static Schedule parse(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a schedule is seed;acts;faults, not " + text);
    }
    List<Act> acts = new ArrayList<>();
    Map<Integer, Fault> faults = new TreeMap<>();
    for (String act : parts[1].isEmpty() ? new String[0] : parts[1].split(",", -1)) {
      acts.add(Act.parse(act));
    }
    for (String fault : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
      String[] fields = fault.split("\\.", -1);
      faults.put(Integer.valueOf(fields[0]), Fault.valueOf(fields[1]));
    }
    return new Schedule(Long.parseLong(parts[0]), acts, faults);
  }

  Schedule withActs(List<Act> others) {
    return new Schedule(seed, others, faults);
  }

  Schedule withFaults(Map<Integer, Fault> others) {
    return new Schedule(seed, acts, others);
  }

  @Override
  public String toString() {
    return seed
        + ";"
        + acts.stream().map(Act::toString).collect(Collectors.joining(","))
        + ";"
        + faults.entrySet().stream()
            .map(fault -> fault.getKey() + "." + fault.getValue())
            .collect(Collectors.joining(","));
  }
}
