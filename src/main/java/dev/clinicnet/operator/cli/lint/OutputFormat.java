package dev.clinicnet.operator.cli.lint;

/** How findings are printed; the names are those of the option. */
enum OutputFormat {
  /** For people. */
  human,
  /** For programs. */
  json,
  /** For code scanning, as SARIF 2.1.0. */
  sarif,
  /** For workflows of GitHub Actions, which show it beside the line. */
  github;

  String text(Findings findings) {
    return switch (this) {
      case human -> HumanOutput.text(findings);
      case json -> JSONOutput.text(findings);
      case sarif -> SARIFOutput.text(findings);
      case github -> GitHubOutput.text(findings);
    };
  }
}
