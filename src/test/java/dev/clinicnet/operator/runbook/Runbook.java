package dev.clinicnet.operator.runbook;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A runbook of {@code docs/runbooks}, as tests read it. All have the same form. */
record Runbook(String alert, List<String> lines) {
  /** Where they are. */
  static final Path DIRECTORY = Path.of("docs/runbooks");

  /** The sections that each of them has, in this order. */
  static final List<String> SECTIONS =
      List.of("What it means", "Who is affected", "Look here", "Do this", "How to prevent it");

  private static final Pattern PLAYED = Pattern.compile("`([\\w/-]+)(?:\\.(\\w+))?`");
  private static final Pattern NOT_RUN = Pattern.compile("\\s*<!-- not run: (\\S.*) -->");
  private static final int FACTS = 4;

  /**
   * Commands in a section.
   *
   * @param section the heading above them
   * @param step the number of the step in a list; 0 outside of lists
   * @param text the commands
   * @param notRun why no test runs them; empty if a test does
   * @param output the number of the line that begins their output; -1 if the runbook shows none
   */
  record Commands(String section, int step, String text, String notRun, int output) {}

  /** The runbook of an alert. */
  static Runbook of(String alert) {
    try {
      return new Runbook(alert, Files.readAllLines(DIRECTORY.resolve(alert + ".md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All runbooks. */
  static List<Runbook> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString().replace(".md", ""))
          .filter(name -> !name.equals("README"))
          .sorted()
          .map(Runbook::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The severity that it says. */
  String severity() {
    return facts()[1].strip();
  }

  /**
   * The tests that play it: the class, and the method if it is named; or a file without its ending,
   * and its ending.
   */
  List<MatchResult> tests() {
    return PLAYED.matcher(facts()[2]).results().toList();
  }

  private String[] facts() {
    return lines.get(FACTS).split("\\|");
  }

  /** The headings, in their order. */
  List<String> sections() {
    return lines.stream()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring("## ".length()))
        .toList();
  }

  /** The text of a section. */
  String section(String name) {
    int begin = lines.indexOf("## " + name) + 1;
    int end = begin;
    while (end < lines.size() && !lines.get(end).startsWith("## ")) {
      end++;
    }
    return String.join("\n", lines.subList(begin, end)).strip();
  }

  /** All commands, in their order. */
  List<Commands> commands() {
    List<Commands> found = new ArrayList<>();
    String section = "";
    int step = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("## ")) {
        section = line.substring("## ".length());
        step = 0;
      } else if (line.matches("\\d+\\. .*")) {
        step = Integer.parseInt(line.substring(0, line.indexOf('.')));
      } else if (line.strip().equals("```sh")) {
        int end = closing(i);
        String indent = line.substring(0, line.indexOf('`'));
        String text = String.join("\n", lines.subList(i + 1, end)).replaceAll("(?m)^" + indent, "");
        var mark = NOT_RUN.matcher(lines.get(i - 1));
        int output = end + 2;
        boolean shown = output < lines.size() && lines.get(output).strip().equals("```text");
        found.add(
            new Commands(
                section, step, text, mark.matches() ? mark.group(1) : "", shown ? output : -1));
        i = end;
      }
    }
    return found;
  }

  private int closing(int begin) {
    int end = begin + 1;
    while (!lines.get(end).strip().equals("```")) {
      end++;
    }
    return end;
  }

  /** Fails if the outputs that it shows are others than these, and rewrites them. */
  void assertShows(Map<Commands, String> outputs) throws IOException {
    List<String> current = new ArrayList<>(lines);
    Map<Integer, String> fromTheEnd = new TreeMap<>(Comparator.reverseOrder());
    outputs.forEach((commands, output) -> fromTheEnd.put(commands.output(), output));
    fromTheEnd.forEach(
        (begin, output) -> {
          current.subList(begin + 1, closing(begin)).clear();
          current.addAll(begin + 1, output.lines().toList());
        });
    assertCurrent(DIRECTORY.resolve(alert + ".md"), String.join("\n", current) + "\n");
  }
}
