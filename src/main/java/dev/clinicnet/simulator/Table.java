package dev.clinicnet.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The objects of one kind, newest first. */
final class Table {
  private final TreeMap<String, Row> rows = new TreeMap<>(Comparator.reverseOrder());

  void add(Row row) {
    rows.put(row.id(), row);
  }

  /** The row, or the platform's answer to an absent id. */
  Row get(String id) {
    Row row = rows.get(id);
    if (row == null) {
      throw ApiException.notFound();
    }
    return row;
  }

  /** The row, or null. */
  Row find(String id) {
    return rows.get(id);
  }

  void remove(String id) {
    if (rows.remove(id) == null) {
      throw ApiException.notFound();
    }
  }

  void removeIf(Predicate<Row> condition) {
    rows.values().removeIf(condition);
  }

  List<Row> all() {
    return new ArrayList<>(rows.values());
  }

  boolean any(Predicate<Row> condition) {
    return rows.values().stream().anyMatch(condition);
  }

  int size() {
    return rows.size();
  }

  void clear() {
    rows.clear();
  }
}
