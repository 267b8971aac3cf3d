package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.manifest.Node.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Strict field validation: finds repeated keys, and fields that the schema does not have. */
final class StrictDecoding {
  /** The fields of ObjectMeta, with the types that they are decoded as. */
  private static final Map<String, String> METADATA =
      Map.ofEntries(
          Map.entry("name", "string"),
          Map.entry("generateName", "string"),
          Map.entry("namespace", "string"),
          Map.entry("selfLink", "string"),
          Map.entry("uid", "string"),
          Map.entry("resourceVersion", "string"),
          Map.entry("generation", "integer"),
          Map.entry("creationTimestamp", "string"),
          Map.entry("deletionTimestamp", "string"),
          Map.entry("deletionGracePeriodSeconds", "integer"),
          Map.entry("labels", "strings by key"),
          Map.entry("annotations", "strings by key"),
          Map.entry("ownerReferences", "list"),
          Map.entry("finalizers", "list of strings"),
          Map.entry("managedFields", "list"));

  private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata");

  private final List<Violation> violations = new ArrayList<>();

  private StrictDecoding() {}

  /** The fields of ObjectMeta. */
  static Set<String> metadataFields() {
    return METADATA.keySet();
  }

  /** The repeated keys of any object. */
  static List<Violation> repeatedKeys(Document document) {
    StrictDecoding decoding = new StrictDecoding();
    decoding.repeated("", document.root());
    return decoding.violations;
  }

  /** Fields that an object of a schema does not have, and metadata of the wrong type. */
  static List<Violation> unknownFields(Document document, Schema schema) {
    StrictDecoding decoding = new StrictDecoding();
    Node.Mapping root = (Node.Mapping) document.root();
    root.entries()
        .forEach(
            (key, entry) -> {
              if (key.equals("metadata")) {
                decoding.metadata(entry.value());
              } else if (!ROOT.contains(key)) {
                decoding.field(key, entry, schema);
              }
            });
    return decoding.violations;
  }

  /** Metadata of the wrong type, which is the same for every kind. */
  static List<Violation> metadata(Document document) {
    StrictDecoding decoding = new StrictDecoding();
    document.root().field("metadata").ifPresent(decoding::metadata);
    return decoding.violations;
  }

  private void repeated(String path, Node node) {
    if (node instanceof Node.Mapping mapping) {
      mapping.repeated().stream()
          .map(entry -> new Entry(Paths.child(path, entry.key()), entry.keyPosition(), null))
          .forEach(e -> add(e.key(), e.keyPosition(), "duplicate field \"" + e.key() + "\""));
      mapping.entries().forEach((key, e) -> repeated(Paths.child(path, key), e.value()));
    } else if (node instanceof Node.Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        repeated(Paths.index(path, i), list.items().get(i));
      }
    }
  }

  private void unknown(String path, Node node, Optional<Schema> schema) {
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                if (schema.isEmpty()) {
                  refuse(Paths.child(path, key), entry);
                } else {
                  field(Paths.child(path, key), entry, schema.get());
                }
              });
    } else if (node instanceof Node.Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        Node item = list.items().get(i);
        unknown(Paths.index(path, i), item, schema.flatMap(Schema::items));
      }
    }
  }

  private void field(String path, Entry entry, Schema parent) {
    Optional<Schema> schema = parent.of(entry.key());
    if (schema.isPresent()) {
      unknown(path, entry.value(), schema);
    } else if (!parent.isSet("x-kubernetes-preserve-unknown-fields")) {
      refuse(path, entry);
    }
  }

  private void refuse(String path, Entry entry) {
    add(path, entry.keyPosition(), "unknown field \"" + path + "\"");
  }

  private void metadata(Node metadata) {
    if (metadata instanceof Node.Scalar scalar && scalar.value() == null) {
      return;
    }
    if (!(metadata instanceof Node.Mapping mapping)) {
      add("metadata", metadata.position(), "metadata must be an object");
      return;
    }
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              String path = "metadata." + key;
              String type = METADATA.get(key);
              if (type == null) {
                refuse(path, entry);
              } else if (!fits(type, entry.value().plain())) {
                add(path, entry.value().position(), path + " must be of type " + type);
              }
            });
  }

  private static boolean fits(String type, Object value) {
    if (value == null) {
      return true;
    }
    return switch (type) {
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      case "strings by key" ->
          value instanceof Map<?, ?> map
              && map.values().stream().allMatch(v -> v == null || v instanceof String);
      case "list of strings" ->
          value instanceof List<?> list
              && list.stream().allMatch(v -> v == null || v instanceof String);
      default -> value instanceof List;
    };
  }

  private void add(String path, Position at, String words) {
    violations.add(Violation.undecodable(path, at, words));
  }
}
