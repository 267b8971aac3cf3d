package dev.clinicnet.operator.cli.imports;

/** How the report is printed. */
enum OutputFormat {
  /** Lines for people. */
  human,
  /** One JSON object. */
  json
}
