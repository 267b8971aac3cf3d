package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names, labels and annotations that hold for every object of a namespace. */
final class Metadata {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
  private static final String WORD = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern QUALIFIED_NAME = Pattern.compile(WORD);
  private static final Pattern LABEL_VALUE = Pattern.compile("(" + WORD + ")?");
  private static final int LONGEST_SUBDOMAIN = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int MOST_ANNOTATIONS = 256 * 1024;

  private static final String SUBDOMAIN_WORDS =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\."
          + "[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_WORDS =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String NAME_WORDS =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_WORDS =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private final Node root;
  private final List<Violation> violations = new ArrayList<>();

  private Metadata(Node root) {
    this.root = root;
  }

  static List<Violation> violations(Node root) {
    Metadata metadata = new Metadata(root);
    metadata.name();
    metadata.namespace();
    metadata.labels();
    metadata.annotations();
    metadata.finalizers();
    return metadata.violations;
  }

  private void name() {
    Optional<String> generated = text("generateName");
    generated.ifPresent(
        prefix ->
            problems(SUBDOMAIN, LONGEST_SUBDOMAIN, SUBDOMAIN_WORDS, prefix.replaceAll("-$", "a"))
                .forEach(words -> invalid("generateName", prefix, words)));
    Optional<String> name = text("name");
    if (name.isPresent()) {
      problems(SUBDOMAIN, LONGEST_SUBDOMAIN, SUBDOMAIN_WORDS, name.get())
          .forEach(words -> invalid("name", name.get(), words));
    } else if (generated.isEmpty()) {
      violations.add(
          Violation.of(
              ViolationType.REQUIRED,
              "metadata.name",
              at("metadata"),
              "name or generateName is required"));
    }
  }

  private void namespace() {
    text("namespace")
        .ifPresent(
            namespace ->
                problems(DNS_LABEL, LONGEST_LABEL, LABEL_WORDS, namespace)
                    .forEach(words -> invalid("namespace", namespace, words)));
  }

  private void labels() {
    entries("labels")
        .forEach(
            entry -> {
              qualified(entry.key()).forEach(words -> invalid("labels", entry.key(), words));
              if (entry.value().plain() instanceof String value) {
                problems(LABEL_VALUE, LONGEST_LABEL, VALUE_WORDS, value)
                    .forEach(words -> invalid("labels", value, words));
              }
            });
  }

  private void annotations() {
    int size = 0;
    for (Node.Entry entry : entries("annotations")) {
      size += entry.key().length() + String.valueOf(entry.value().plain()).length();
      qualified(entry.key().toLowerCase(Locale.ROOT))
          .forEach(words -> invalid("annotations", entry.key(), words));
    }
    if (size > MOST_ANNOTATIONS) {
      violations.add(
          Violation.of(
              ViolationType.TOO_LONG,
              "metadata.annotations",
              at("annotations"),
              "may not be more than " + MOST_ANNOTATIONS + " bytes"));
    }
  }

  private void finalizers() {
    if (metadata("finalizers").orElse(null) instanceof Node.Sequence list) {
      list.items().stream()
          .map(Node::plain)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .forEach(name -> qualified(name).forEach(words -> invalid("finalizers", name, words)));
    }
  }

  private static List<String> qualified(String name) {
    int slash = name.indexOf('/');
    List<String> problems = new ArrayList<>();
    if (slash >= 0) {
      problems(SUBDOMAIN, LONGEST_SUBDOMAIN, SUBDOMAIN_WORDS, name.substring(0, slash))
          .forEach(words -> problems.add("prefix part " + words));
    }
    String last = name.substring(slash + 1);
    if (last.isEmpty()) {
      problems.add("name part must be non-empty");
    } else if (last.length() > LONGEST_LABEL) {
      problems.add("name part must be no more than 63 bytes");
    }
    if (!QUALIFIED_NAME.matcher(last).matches()) {
      problems.add(NAME_WORDS);
    }
    return problems;
  }

  private static List<String> problems(Pattern form, int longest, String words, String text) {
    List<String> problems = new ArrayList<>();
    if (text.length() > longest) {
      problems.add("must be no more than " + longest + " bytes");
    }
    if (!form.matcher(text).matches()) {
      problems.add(words);
    }
    return problems;
  }

  private void invalid(String field, String value, String words) {
    violations.add(
        Violation.of(ViolationType.INVALID, "metadata." + field, at(field), value, words));
  }

  private Optional<Node> metadata(String field) {
    return root.field("metadata").flatMap(metadata -> metadata.field(field));
  }

  private Optional<String> text(String field) {
    return root.text("metadata", field).filter(text -> !text.isEmpty());
  }

  private List<Node.Entry> entries(String field) {
    return metadata(field).orElse(null) instanceof Node.Mapping mapping
        ? List.copyOf(mapping.entries().values())
        : List.of();
  }

  private Position at(String field) {
    return metadata(field).or(() -> root.field("metadata")).orElse(root).position();
  }
}
