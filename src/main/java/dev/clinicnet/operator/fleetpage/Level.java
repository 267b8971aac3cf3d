package dev.clinicnet.operator.fleetpage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad the state of a clinic is. The worst comes first. */
enum Level {
  /** It does not get better before somebody does something. */
  ATTENTION("Needs attention"),
  /** An ordinary step is left, such as to install the site kit. */
  SETUP("To be set up"),
  /** It should settle by itself. */
  PROGRESS("In progress"),
  /** Nothing is wrong. */
  FINE("Fine");

  private final String title;

  Level(String title) {
    this.title = title;
  }

  /** The name for people. */
  String title() {
    return title;
  }

  /** The name in URLs and in the style sheet. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of a name in a URL. */
  static Optional<Level> parse(String key) {
    return Arrays.stream(values()).filter(level -> level.key().equals(key)).findFirst();
  }
}
