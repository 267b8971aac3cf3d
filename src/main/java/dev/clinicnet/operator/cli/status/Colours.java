package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.attention.Need;

/** Colours for a terminal, or none. They only repeat what the words say. */
enum Colours {
  ON,
  OFF;

  private static final String RESET = "\u001b[0m";

  /**
   * Whether to use colours.
   *
   * @param terminal whether the output goes to a terminal
   * @param noColor the variable NO_COLOR, see no-color.org; empty is as good as not set
   * @param term the variable TERM
   */
  static Colours of(boolean terminal, String noColor, String term) {
    return terminal && noColor.isEmpty() && !term.equals("dumb") ? ON : OFF;
  }

  /** A text in the colour of a need. */
  String paint(Need need, String text) {
    return this == OFF ? text : code(need) + text + RESET;
  }

  private static String code(Need need) {
    return switch (need) {
      case SOMEBODY -> "\u001b[31m";
      case SETUP -> "\u001b[33m";
      case TIME -> "\u001b[36m";
      case NOTHING -> "\u001b[32m";
    };
  }
}
