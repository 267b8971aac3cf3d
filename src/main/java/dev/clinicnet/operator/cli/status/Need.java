package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.condition.Reason.Waits;

/** What something waits for, the worst first. */
enum Need {
  SOMEBODY("somebody", "needs somebody"),
  SETUP("setup", "to set up"),
  TIME("time", "waits"),
  NOTHING("nothing", "ok");

  private final String code;
  private final String words;

  Need(String code, String words) {
    this.code = code;
    this.words = words;
  }

  static Need of(Waits waits) {
    return switch (waits) {
      case SOMEBODY -> SOMEBODY;
      case SETUP -> SETUP;
      case TIME -> TIME;
      case NOTHING -> NOTHING;
    };
  }

  /** The word in {@code docs/conditions.md} and in JSON. */
  String code() {
    return code;
  }

  /** The words for people. */
  String words() {
    return words;
  }
}
