package dev.clinicnet.operator.cli.inventory;

/** How an inventory is printed; the names are those of the option. */
enum OutputFormat {
  /** For people. */
  human,
  /** For programs. */
  json,
  /** For spreadsheets: one line an object. */
  csv;

  String text(Statement statement) {
    return switch (this) {
      case human -> HumanOutput.text(statement);
      case json -> JSONOutput.text(statement);
      case csv -> CSVOutput.text(statement);
    };
  }
}
