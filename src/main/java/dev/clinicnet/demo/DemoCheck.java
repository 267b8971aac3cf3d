package dev.clinicnet.demo;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that must hold of what the demo has shown.
 *
 * @param difference what is there in place of what should be; empty when it holds
 */
record DemoCheck(String name, Optional<String> difference) {

  /** Holds when the two are equal. */
  static DemoCheck equal(String name, Object expected, Object actual) {
    return new DemoCheck(
        name,
        Objects.equals(expected, actual)
            ? Optional.empty()
            : Optional.of("expected " + expected + ", found " + actual));
  }

  /** Holds when the condition does. */
  static DemoCheck that(String name, boolean condition, String otherwise) {
    return new DemoCheck(name, condition ? Optional.empty() : Optional.of(otherwise));
  }

  boolean holds() {
    return difference.isEmpty();
  }
}
