package dev.clinicnet.operator.cli.plan;

/** How a preview is printed; the names are those of the option. */
enum OutputFormat {
  /** For people. */
  human,
  /** For programs. */
  json
}
