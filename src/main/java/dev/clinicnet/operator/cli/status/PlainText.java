package dev.clinicnet.operator.cli.status;

/** Text from the cluster on a terminal. Who may write a manifest must not move the cursor. */
final class PlainText {
  private PlainText() {}

  /** The text in one line, without control characters and characters that turn the direction. */
  static String of(String text) {
    return text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
