package dev.clinicnet.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The distribution of measured times, in seconds. */
final class Percentiles {
  private final double[] sorted;

  private Percentiles(double[] sorted) {
    this.sorted = sorted;
  }

  /** The distribution of at least one time. */
  static Percentiles of(DoubleStream seconds) {
    double[] sorted = seconds.toArray();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /** The time that so many percent do not exceed. */
  double at(int percent) {
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  /** Adds the percentiles. */
  void into(Figures figures, String what) {
    figures.put("times", what + ", samples", sorted.length);
    for (int percent : new int[] {50, 95, 99}) {
      figures.put("times", what + ", p" + percent + " in seconds", at(percent));
    }
  }
}
