package dev.clinicnet.operator.manifest;

import java.util.Optional;
import java.util.Set;

/**
 * One object of a manifest.
 *
 * @param defaultNamespace the namespace of an object that names none
 */
public record Document(Node root, String defaultNamespace) {
  private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "NgrokAccount");

  /** Its API version; empty when it has none. */
  public String apiVersion() {
    return root.text("apiVersion").orElse("");
  }

  /** Its kind; empty when it has none. */
  public String kind() {
    return root.text("kind").orElse("");
  }

  /** Its namespace, or the default one; empty for a kind that is in no namespace. */
  public String namespace() {
    if (CLUSTER_SCOPED.contains(kind())) {
      return "";
    }
    return root.text("metadata", "namespace").filter(n -> !n.isEmpty()).orElse(defaultNamespace);
  }

  /** Its name; empty when it has none. */
  public String name() {
    return root.text("metadata", "name").orElse("");
  }

  /** The group of its API version; empty for the core group. */
  public String group() {
    String apiVersion = apiVersion();
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** Its position. */
  public Position position() {
    return root.position();
  }

  /** An error at a place of this object. */
  public Problem error(Position at, String field, String message) {
    return problem(Severity.ERROR, at, field, message);
  }

  /** A problem at a place of this object. */
  public Problem problem(Severity severity, Position at, String field, String message) {
    return new Problem(at, severity, kind(), namespace(), shownName(), field, message);
  }

  /** The beginning of the name, for an object that gets its name from the API server. */
  private String shownName() {
    String prefix = root.text("metadata", "generateName").orElse("");
    return name().isEmpty() && !prefix.isEmpty() ? prefix + "*" : name();
  }

  /** The deepest node on a path such as {@code spec.domains[1].name}; the root when none is. */
  public Node nearest(String path) {
    Node node = root;
    for (String step : path.replace("[", ".[").split("\\.", -1)) {
      Optional<Node> next =
          step.startsWith("[") && node instanceof Node.Sequence list
              ? item(list, step)
              : node.field(step);
      if (next.isEmpty()) {
        break;
      }
      node = next.get();
    }
    return node;
  }

  private static Optional<Node> item(Node.Sequence list, String step) {
    String index = step.substring(1, step.length() - 1);
    return index.matches("[0-9]{1,6}") && Integer.parseInt(index) < list.items().size()
        ? Optional.of(list.items().get(Integer.parseInt(index)))
        : Optional.empty();
  }
}
