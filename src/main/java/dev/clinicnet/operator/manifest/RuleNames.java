package dev.clinicnet.operator.manifest;

import java.util.Set;

/** Field names as rules write them: {@code self.a__dash__b} is the field {@code a-b}. */
final class RuleNames {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private RuleNames() {}

  /** The name in rules. A name that cannot be written in rules stays as it is. */
  static String escaped(String field) {
    if (RESERVED.contains(field)) {
      return "__" + field + "__";
    }
    return field
        .replace("__", "__underscores__")
        .replace(".", "__dot__")
        .replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
