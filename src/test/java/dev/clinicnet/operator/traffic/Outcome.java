package dev.clinicnet.operator.traffic;

import java.util.Arrays;

/** The result of an attempt for the client. */
enum Outcome {
  /** The upstream has answered the request. */
  OK("200"),
  LOGIN("302"),
  UNAUTHORIZED("401"),
  FORBIDDEN("403"),
  NOT_FOUND("404"),
  TOO_MANY("429"),
  /** The platform could not evaluate the policy, says so, and has forwarded nothing. */
  ERROR("500"),
  /** A connection without requests has reached the upstream. */
  CONNECTED("connected"),
  /** The connection was closed before any byte of it was read. */
  CLOSED("closed"),
  /** The handshake failed because of the client's certificate, or because it had none. */
  CERTIFICATE_REFUSED("certificate-refused"),
  /** An answer that nothing promises, such as an error of the platform. */
  OTHER("");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** By what the table calls it. */
  static Outcome of(String word) {
    return Arrays.stream(values())
        .filter(outcome -> outcome != OTHER && outcome.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no outcome is called " + word));
  }

  /** The outcome of an answered request. */
  static Outcome ofStatus(int status) {
    String word = Integer.toString(status);
    return Arrays.stream(values())
        .filter(outcome -> outcome.word.equals(word))
        .findFirst()
        .orElse(OTHER);
  }

  /** Whether the upstream was reached. */
  boolean reached() {
    return this == OK || this == CONNECTED;
  }

  @Override
  public String toString() {
    return this == OTHER ? "something else" : word;
  }
}
