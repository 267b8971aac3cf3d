package dev.clinicnet.operator.cli.status;

/** How the state is printed. */
enum OutputFormat {
  human,
  json
}
