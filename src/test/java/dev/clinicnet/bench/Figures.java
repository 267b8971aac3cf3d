package dev.clinicnet.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What one scenario has measured, by group and name, in the order of the table. */
final class Figures {
  private final Map<String, Map<String, Double>> groups = new LinkedHashMap<>();

  /** Adds a figure; its name says the unit. */
  Figures put(String group, String name, double value) {
    groups.computeIfAbsent(group, g -> new LinkedHashMap<>()).put(name, value);
    return this;
  }

  /** Adds one to a figure. */
  Figures count(String group, String name) {
    Double before = get(group, name);
    return put(group, name, before == null ? 1 : before + 1);
  }

  /** A figure of a group; null when it was not measured. */
  Double get(String group, String name) {
    return groups.getOrDefault(group, Map.of()).get(name);
  }

  /** All figures by group. */
  Map<String, Map<String, Double>> groups() {
    return groups;
  }

  /** The table. */
  String table() {
    StringBuilder table = new StringBuilder();
    groups.forEach(
        (group, figures) -> {
          table.append(group).append('\n');
          figures.forEach(
              (name, value) -> table.append("  %-58s %12s%n".formatted(name, text(value))));
        });
    return table.toString();
  }

  /** A number without digits that mean nothing. */
  static String text(double value) {
    return value == Math.rint(value)
        ? "%.0f".formatted(value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
