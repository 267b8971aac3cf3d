package dev.clinicnet.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The output of the demo, at most 100 columns wide. It keeps all lines. */
final class Screen {
  static final int WIDTH = 100;
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final boolean colour;
  private final long begun = System.nanoTime();
  private final StringBuilder transcript = new StringBuilder();
  private String lastStep = "the start";

  Screen(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Prints an event with the time since the start. */
  void step(String text) {
    lastStep = text;
    print(String.format(Locale.ROOT, "%5.1f s  ", seconds()), "", text);
  }

  void heading(String text) {
    print("", "", "");
    print("", BOLD, text);
  }

  void line(String text) {
    print("", "", text);
  }

  void lines(List<String> texts) {
    texts.forEach(this::line);
  }

  /** Prints a line to be copied, in its full width. */
  void whole(String text) {
    transcript.append(text).append('\n');
    out.println(text);
    out.flush();
  }

  void good(String word, String text) {
    print(word, GREEN, text);
  }

  void bad(String word, String text) {
    print(word, RED, text);
  }

  double seconds() {
    return (System.nanoTime() - begun) / NANOS;
  }

  String lastStep() {
    return lastStep;
  }

  String transcript() {
    return transcript.toString();
  }

  /**
   * Highlights a text that stands alone. Beside a plain text, the word before it is highlighted.
   */
  private void print(String word, String highlight, String text) {
    String rest = cut(text, WIDTH - word.length());
    transcript.append(word).append(rest).append('\n');
    if (!colour || highlight.isEmpty()) {
      out.println(word + rest);
    } else if (word.isEmpty()) {
      out.println(highlight + rest + PLAIN);
    } else {
      out.println(highlight + word + PLAIN + rest);
    }
    out.flush();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  /** A long text in lines of at most {@link #WIDTH} columns, broken between words. */
  static List<String> wrap(String indent, String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = WIDTH;
    for (String word : text.strip().split("\\s+", -1)) {
      if (column + 1 + word.length() > WIDTH) {
        wrapped.append(wrapped.isEmpty() ? "" : "\n").append(indent).append(word);
        column = indent.length() + word.length();
      } else {
        wrapped.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    return wrapped.toString().lines().toList();
  }
}
