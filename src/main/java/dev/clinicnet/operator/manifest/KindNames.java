package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.suggestion.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests a kind and its version in place of an unknown one. */
final class KindNames {
  private static final CustomResources OURS = CustomResources.ours();

  /** The number of edits between {@code clinicnet.dev} and {@code clinicnet.io}. */
  private static final int EDITS_OF_GROUP = 3;

  /** Shorter words are part of too many names. */
  private static final int SHORTEST_PART = 4;

  private KindNames() {}

  /** The suggestion for a violation of an object whose kind is not known. */
  static Optional<String> hint(Document document, Violation violation) {
    if (Hints.isRepeatedField(violation)) {
      return violation.field().equals("apiVersion")
          ? Optional.of("is a line '---' missing before it?")
          : Optional.empty();
    }
    return switch (violation.field()) {
      case "apiVersion" -> missing(document, "apiVersion").or(() -> version(document));
      case "kind" ->
          document.kind().isEmpty()
              ? missing(document, "kind").or(() -> all(document))
              : kind(document).or(() -> all(document));
      default -> Optional.empty();
    };
  }

  /** The suggestion for an object of a foreign group that looks like one of our objects. */
  static Optional<String> resembling(Document document) {
    String group = document.group();
    boolean near =
        group.isEmpty()
            ? OURS.kinds().contains(document.kind())
            : NearestName.of(group, List.of(CustomResources.GROUP), EDITS_OF_GROUP).isPresent();
    return near && !group.equals(CustomResources.GROUP) ? kind(document) : Optional.empty();
  }

  private static Optional<String> missing(Document document, String field) {
    return document.root() instanceof Node.Mapping root
        ? FieldNames.near(field, root.entries().keySet())
            .filter(near -> !near.equals(field))
            .map(near -> "write it instead of " + near)
        : Optional.empty();
  }

  private static Optional<String> all(Document document) {
    return document.group().equals(CustomResources.GROUP)
        ? Optional.of("the kinds are " + String.join(", ", OURS.kinds()))
        : Optional.empty();
  }

  private static Optional<String> version(Document document) {
    return OURS.versions(document.kind()).stream().findFirst().map(version -> "write " + version);
  }

  private static Optional<String> kind(Document document) {
    return near(document.kind())
        .map(kind -> Hints.question(kind + " of " + OURS.versions(kind).get(0)));
  }

  private static Optional<String> near(String name) {
    String part = name.toLowerCase(Locale.ROOT);
    return FieldNames.near(name, OURS.kinds())
        .or(
            () ->
                OURS.kinds().stream()
                    .filter(kind -> part.length() >= SHORTEST_PART)
                    .filter(kind -> kind.toLowerCase(Locale.ROOT).contains(part))
                    .findFirst());
  }
}
