package dev.clinicnet.operator.it.drift;

import dev.clinicnet.operator.controller.ClinicOperator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The values of {@code clinicnet_drift_total}. */
public final class DriftCounts {
  private static final Pattern COUNTER =
      Pattern.compile(
          "clinicnet_drift_total\\{action=\"(\\w+)\",field=\"(\\w+)\",kind=\"(\\w+)\"} ([0-9.]+)");

  private DriftCounts() {}

  /**
   * The counts by action, kind and field, such as {@code corrected endpoints url}, without zeros.
   */
  public static Map<String, Integer> of(ClinicOperator operator) {
    Map<String, Integer> counts = new TreeMap<>();
    COUNTER
        .matcher(operator.metrics())
        .results()
        .filter(match -> Double.parseDouble(match.group(4)) > 0)
        .forEach(
            match ->
                counts.put(
                    match.group(1) + " " + match.group(3) + " " + match.group(2),
                    (int) Double.parseDouble(match.group(4))));
    return counts;
  }
}
