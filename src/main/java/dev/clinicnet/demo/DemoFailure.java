package dev.clinicnet.demo;

import java.util.List;

/** Why the demo cannot go on, in lines that need no stack trace. */
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  DemoFailure(List<String> lines) {
    super(String.join(" ", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
