package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aLongLineIsCut() {
    screen(false).good("ok  ", "x".repeat(200));

    assertThat(output()).hasSize(Screen.WIDTH + System.lineSeparator().length()).contains("x...");
  }

  @Test
  void coloursAreNotCounted() {
    screen(true).bad("differs  ", "x".repeat(91));

    assertThat(output().strip()).isEqualTo("\u001b[31mdiffers  \u001b[0m" + "x".repeat(91));
  }

  @Test
  void longTextsAreBrokenBetweenWords() {
    List<String> lines = Screen.wrap("  ", "word ".repeat(50));

    assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("  word"));
    assertThat(lines).allMatch(line -> line.length() <= Screen.WIDTH);
  }

  @Test
  void aTableIsAsWideAsItsCells() {
    assertThat(
            new TextTable(List.of("A", "LONG"))
                .row(List.of("wide", "x"))
                .row(List.of("", "y"))
                .lines())
        .containsExactly("A      LONG", "wide   x", "       y");
  }

  private Screen screen(boolean colour) {
    return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), colour);
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
