package dev.clinicnet.operator.cli.plan;

import java.util.Locale;

/** What a change does to an object at ngrok. */
enum Action {
  /** Makes one. */
  CREATE("+"),
  /** Changes some of its fields. */
  UPDATE("~"),
  /** Removes it. */
  DELETE("-"),
  /** Ends an agent's session. */
  STOP("-");

  private final String sign;

  Action(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  /** As programs and people read it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
