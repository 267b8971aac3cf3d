package dev.clinicnet.demo;

import java.util.ArrayList;
import java.util.List;

/** A table as kubectl prints it: columns as wide as their widest cell, three spaces between. */
final class TextTable {
  private static final String GAP = "   ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> header) {
    rows.add(header);
  }

  TextTable row(List<String> cells) {
    rows.add(cells);
    return this;
  }

  List<String> lines() {
    int columns = rows.get(0).size();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(width - cell.length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
