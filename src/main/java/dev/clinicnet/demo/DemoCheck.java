package dev.clinicnet.demo;

import java.util.Objects;
import java.util.Optional;

/**
 * One check of what the demo has shown.
 *
 * @param difference what differs from the expected result; empty when the check passes
 */
record DemoCheck(String name, Optional<String> difference) {

  /** A check that passes when the two are equal. */
  static DemoCheck equal(String name, Object expected, Object actual) {
    return new DemoCheck(
        name,
        Objects.equals(expected, actual)
            ? Optional.empty()
            : Optional.of("expected " + expected + ", found " + actual));
  }

  /** A check that passes when the condition is true. */
  static DemoCheck that(String name, boolean condition, String otherwise) {
    return new DemoCheck(name, condition ? Optional.empty() : Optional.of(otherwise));
  }

  boolean holds() {
    return difference.isEmpty();
  }
}
