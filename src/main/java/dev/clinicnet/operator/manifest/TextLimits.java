package dev.clinicnet.operator.manifest;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Checks length, pattern and format of a text. Only the first violated limit is reported. */
final class TextLimits {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private TextLimits() {}

  static List<Violation> violations(String path, Node node, String text, Schema schema) {
    return Stream.concat(
            limit(path, node, text, schema).stream(), format(path, node, text, schema).stream())
        .toList();
  }

  private static Optional<Violation> limit(String path, Node node, String text, Schema schema) {
    long length = text.codePointCount(0, text.length());
    Optional<Number> most = schema.number("maxLength").filter(n -> length > n.longValue());
    if (most.isPresent()) {
      String bytes = most.get().longValue() == 1 ? " byte" : " bytes";
      return Optional.of(
          Violation.of(
              ViolationType.TOO_LONG,
              path,
              node.position(),
              "may not be more than " + most.get() + bytes));
    }
    Optional<Number> least = schema.number("minLength").filter(n -> length < n.longValue());
    if (least.isPresent()) {
      return Optional.of(
          invalid(path, node, text, "should be at least " + least.get() + " chars long"));
    }
    return schema
        .text("pattern")
        .filter(pattern -> !pattern.isEmpty())
        .filter(p -> !PATTERNS.computeIfAbsent(p, Pattern::compile).matcher(text).find())
        .map(pattern -> invalid(path, node, text, "should match '" + pattern + "'"));
  }

  private static Optional<Violation> format(String path, Node node, String text, Schema schema) {
    return schema
        .text("format")
        .filter(format -> !Formats.accepts(format, text))
        .map(
            format ->
                Violation.of(
                    ViolationType.TYPE_INVALID,
                    path,
                    node.position(),
                    text,
                    path + " in body must be of type " + format + ": " + Violation.quoted(text)));
  }

  private static Violation invalid(String path, Node node, String text, String words) {
    return Violation.of(
        ViolationType.INVALID, path, node.position(), text, path + " in body " + words);
  }
}
