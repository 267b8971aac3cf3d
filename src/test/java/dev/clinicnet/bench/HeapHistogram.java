package dev.clinicnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects in a heap by class, as {@code jcmd GC.class_histogram} prints them after a
 * collection.
 *
 * @param rows the classes, those with the most bytes first
 * @param bytes the size of all objects
 */
record HeapHistogram(List<Row> rows, long bytes) {
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final Pattern TOTAL = Pattern.compile("Total\\s+(\\d+)\\s+(\\d+)\\s*");

  /** The objects of one class. */
  record Row(String type, long instances, long bytes) {}

  /** Reads the output of jcmd. */
  static HeapHistogram parse(String output) {
    List<Row> rows = new ArrayList<>();
    long bytes = -1;
    for (String line : output.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(3), Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
      }
      Matcher total = TOTAL.matcher(line);
      if (total.matches()) {
        bytes = Long.parseLong(total.group(2));
      }
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("no histogram: " + output);
    }
    return new HeapHistogram(List.copyOf(rows), bytes);
  }

  /** How many objects of a class there are. */
  long instances(String type) {
    return rows.stream().filter(row -> row.type().equals(type)).mapToLong(Row::instances).sum();
  }
}
