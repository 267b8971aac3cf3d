package dev.clinicnet.operator.manifest;

import static dev.clinicnet.operator.manifest.ViolationType.UNDECODABLE;

import dev.clinicnet.operator.api.schema.CorpusCase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What we say of the corpus, to be compared with what the API server says. */
public final class CorpusRefusals {
  /** A refusal by a rule, with the value or its type where the API server shows one. */
  private static final Pattern INVALID =
      Pattern.compile(
          "Invalid value: (?:(?:\"(?:[^\"\\\\]|\\\\.)*\"|null|true|false|-?[\\d.]+): )?(.*)",
          Pattern.DOTALL);

  private CorpusRefusals() {}

  /**
   * One cause of a refusal.
   *
   * @param field as the API server prints it
   * @param message as the API server words it
   */
  public record Cause(String field, String message) {

    /**
     * Without what differs rightly: the words of the two CEL libraries for what they cannot
     * evaluate, and the field's name in the message, which the API server shortens below a status.
     */
    public Cause comparable() {
      return new Cause(
          field,
          message
              .replaceFirst(": \\S.* evaluating rule: ", ": evaluating rule: ")
              .replace(": status.", ": "));
    }

    /**
     * What is decided, and in our own words why. Those of the API server change by version, how it
     * prints a value too, and old ones leave {@code status} out where that is what was written.
     */
    public Cause decision() {
      Matcher own = INVALID.matcher(message);
      String why = own.matches() ? own.group(1) : message.replaceFirst(": .*", "");
      return new Cause(
          field.replaceFirst("^status\\.", ""),
          why.replaceFirst("^.*: (must be an object for an array)", "$1")
              .replaceFirst("( in body must be of type ).*", "$1"));
    }
  }

  /** The causes of the refusal of a case's last step. */
  public static List<Cause> of(CorpusCase corpusCase) throws IOException {
    return violations(corpusCase).stream()
        .map(v -> new Cause(v.field(), v.cause()).comparable())
        .toList();
  }

  /**
   * The causes of the refusal of one new object; what cannot be decoded is not looked at further.
   */
  public static Set<Cause> ofText(String json) {
    List<Violation> violations = ofNew(json);
    boolean undecodable = violations.stream().anyMatch(v -> v.type() == UNDECODABLE);
    return violations.stream()
        .filter(violation -> !undecodable || violation.type() == UNDECODABLE)
        .map(violation -> new Cause(violation.field(), violation.cause()).comparable())
        .collect(Collectors.toSet());
  }

  /**
   * Of an object that the API server cannot decode: what we say, if the answer says it as well. For
   * metadata of the wrong type the answer has the words of its own code, and nothing else.
   */
  public static Set<Cause> undecodable(String json, String answer) {
    Set<Cause> ours = ofText(json);
    boolean wrongType = ours.stream().anyMatch(cause -> cause.message().contains("must be"));
    return wrongType && answer.contains("unmarshal")
        ? ours
        : ours.stream()
            .filter(cause -> answer.contains(cause.message()))
            .collect(Collectors.toSet());
  }

  private static List<Violation> ofNew(String json) {
    Document document = new ManifestReader("clinics").read("f.json", json).documents().get(0);
    return ManifestValidation.violations(document, Optional.empty());
  }

  static List<Violation> violations(CorpusCase corpusCase) throws IOException {
    List<Document> documents = documents(corpusCase);
    int last = documents.size() - 1;
    return ManifestValidation.violations(
        documents.get(last), last == 0 ? Optional.empty() : Optional.of(documents.get(0)));
  }

  static List<Document> documents(CorpusCase corpusCase) throws IOException {
    return new ManifestReader("clinics")
        .read(corpusCase.name(), Files.readString(corpusCase.file()))
        .documents();
  }
}
