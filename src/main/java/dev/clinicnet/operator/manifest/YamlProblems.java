package dev.clinicnet.operator.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages for syntax errors of YAML that say what to do. The messages of the library do not. */
final class YamlProblems {
  private static final String TEMPLATE = "{{";

  /** Parts of the library's messages, each with our message. The first one that fits counts. */
  private static final Map<String, String> WORDS = words();

  private YamlProblems() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(
        "mapping values are not allowed",
        "a second ': ' in one line, or a line that is indented too far: put the value in quotes, or"
            + " align the line with those before it");
    words.put(
        "could not find expected ':'",
        "a key without ':', or a text that goes on in the next line: write 'key: value'");
    words.put(
        "sequence entries are not allowed",
        "'- ' where no list can begin: put it on a line of its own, below its key");
    words.put("expected ',' or '}'", "a '{' that is not closed: write '}' after its last entry");
    words.put("expected ',' or ']'", "a '[' that is not closed: write ']' after its last entry");
    words.put("(TAB)", "a tab in the indentation: use spaces");
    words.put(
        "that cannot start any token",
        "a value that begins with a sign which means something in YAML: put it in quotes");
    words.put(
        "found undefined alias",
        "a value that begins with '*', which is an alias in YAML: put it in quotes");
    words.put("while scanning an alias", "a '*' that names nothing: put the value in quotes");
    words.put("while scanning an anchor", "a '&' that names nothing: put the value in quotes");
    words.put("found unexpected end of stream", "a quote that is not closed: close it");
    words.put("found unexpected document separator", "a quote that is not closed: close it");
    words.put(
        "escape character",
        "a backslash in double quotes, where it begins an escape: write two, or use single quotes");
    words.put(
        "special characters are not allowed",
        "a character that no text holds: write the file as text, in UTF-8");
    words.put(
        "unacceptable code point",
        "a character that no text holds: write the file as text, in UTF-8");
    words.put(
        "expected <block end>",
        "a line that is indented differently from those before it: align it with them");
    words.put(
        "expected the node content",
        "a value that is missing, or begins with a sign: write it, in quotes");
    words.put("chomping or indentation", "text behind '|' or '>': begin it in the next line");
    words.put(
        "expected a comment or a line break", "text behind '|' or '>': begin it in the next line");
    words.put(
        "<document start>",
        "text before the first '---', or a line that begins with '%': put it below, or in quotes");
    words.put(
        "directive", "a line that begins with '%', which is for YAML itself: put it in quotes");
    words.put("Non scalar key", "a key that is a list or a map: write a single word");
    words.put("tag", "a '!' that begins a tag: put the value in quotes");
    return words;
  }

  /** Our message for an error at a place. */
  static String words(String library, String text, Position at) {
    String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
    if (line.contains(TEMPLATE)) {
      return "a template such as {{ ... }}: have it rendered first, or put it in quotes";
    }
    return WORDS.entrySet().stream()
        .filter(entry -> library.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(library.lines().findFirst().orElse("?"));
  }

  /** The place if the library names none: that of the first template, or the beginning. */
  static Position place(String file, String text) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(line -> lines.get(line).contains(TEMPLATE) && !lines.get(line).startsWith("#"))
        .mapToObj(line -> new Position(file, line + 1, lines.get(line).indexOf(TEMPLATE) + 1))
        .findFirst()
        .orElse(Position.startOf(file));
  }
}
