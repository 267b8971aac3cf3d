package dev.clinicnet.operator.cli;

/** The format of log lines: for people on a terminal, and for machines elsewhere. */
enum LogFormat {
  TEXT,
  JSON;

  /** The environment variable that overrides the choice by standard error. */
  static final String VARIABLE = "LOG_FORMAT";

  /** The property that logback.xml reads. */
  private static final String PROPERTY = "clinic-operator.log-format";

  /** Makes all loggers write in this format. */
  void apply() {
    System.setProperty(PROPERTY, this == JSON ? "json" : "text");
  }

  /**
   * The format to use.
   *
   * @param wish the value of {@value #VARIABLE}; null or empty: standard error decides
   * @throws IllegalArgumentException when there is no such format
   */
  static LogFormat of(String wish) {
    if (wish == null || wish.isEmpty()) {
      // Where it is not known, this is probably a person's machine.
      return Terminal.isAt(Terminal.STANDARD_ERROR).orElse(true) ? TEXT : JSON;
    }
    return switch (wish) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "Invalid value for " + VARIABLE + ": '" + wish + "' is neither json nor text");
    };
  }
}
