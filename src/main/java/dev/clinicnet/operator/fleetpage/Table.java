package dev.clinicnet.operator.fleetpage;

import java.util.List;
import java.util.function.Consumer;

/** Writes a table. On a narrow screen each row becomes a card, and each cell has its heading. */
final class Table {
  private final Html html;
  private final List<String> columns;
  private int column;

  private Table(Html html, List<String> columns) {
    this.html = html;
    this.columns = columns;
  }

  /**
   * Begins a table. {@link #end} ends it.
   *
   * @param caption what it shows, for those who cannot see the heading above it
   */
  static Table begin(Html html, String caption, String... columns) {
    html.open("table").leaf("caption", caption, "class", "hidden").open("thead").open("tr");
    for (String column : columns) {
      html.leaf("th", column, "scope", "col");
    }
    html.close().close().line().open("tbody");
    return new Table(html, List.of(columns));
  }

  /** Begins a row. */
  Table row() {
    html.open("tr");
    column = 0;
    return this;
  }

  /** A cell that says what the row is about. */
  Table head(Consumer<Html> content) {
    html.open("th", "scope", "row", "data-label", columns.get(column++));
    content.accept(html);
    html.close();
    return this;
  }

  /** A cell that says what the row is about, as a text. */
  Table head(String text) {
    return head(cell -> cell.text(text));
  }

  /** The next cell. */
  Table cell(Consumer<Html> content) {
    html.open("td", "data-label", columns.get(column++));
    content.accept(html);
    html.close();
    return this;
  }

  /** The next cell, as a text; null and an empty one are shown as a dash. */
  Table cell(String text) {
    return cell(cell -> cell.text(text == null || text.isEmpty() ? "–" : text));
  }

  /** Ends a row. */
  Table endRow() {
    html.close().line();
    return this;
  }

  /** Ends the table. */
  void end() {
    html.close().close().line();
  }
}
