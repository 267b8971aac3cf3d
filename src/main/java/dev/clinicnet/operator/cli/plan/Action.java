package dev.clinicnet.operator.cli.plan;

import java.util.Locale;

/** The effect of a change on an object. */
enum Action {
  /** Creates the object. */
  CREATE("+"),
  /** Changes some of its fields. */
  UPDATE("~"),
  /** Removes the object. */
  DELETE("-"),
  /** Ends an agent's session. */
  STOP("-"),
  /** May change the object: its present content is not known. */
  UNKNOWN("?");

  private final String sign;

  Action(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  /** The word in the output. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
