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

/** Our messages on the corpus, for the comparison with those of the API server. */
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
   * @param message the message of the API server
   */
  public record Cause(String field, String message) {

    /**
     * The refusals without accepted differences: the messages of the two CEL libraries for failed
     * evaluations, and the field's name in the message, which the API server shortens below a
     * status.
     */
    public Cause comparable() {
      return new Cause(
          field,
          message
              .replaceFirst(": \\S.* evaluating rule: ", ": evaluating rule: ")
              .replace(": status.", ": "));
    }

    /**
     * The decision, with our message. The messages of the API server and its form of values change
     * by version, and old versions leave {@code status} out if it was written.
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
   * The causes of the refusal of one new object. An object that cannot be decoded is not checked
   * further.
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
   * Our messages for an object that the API server cannot decode, if the answer has them too. For
   * metadata of the wrong type, the answer has only messages of the API server.
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
