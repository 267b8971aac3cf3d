package dev.clinicnet.operator.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a manifest, with its position. */
public sealed interface Node {

  /** The position. A mapping or list under a key has the position of the key. */
  Position position();

  /** The tree as maps, lists and plain values. */
  Object plain();

  /** The value under a key; empty where there is none, and for anything but a mapping. */
  default Optional<Node> field(String key) {
    return Optional.empty();
  }

  /** The text under a path of keys; empty where there is none. */
  default Optional<String> text(String... keys) {
    Optional<Node> node = Optional.of(this);
    for (String key : keys) {
      node = node.flatMap(n -> n.field(key));
    }
    return node.map(Node::plain).filter(String.class::isInstance).map(String.class::cast);
  }

  /**
   * Keys with their values.
   *
   * @param repeated entries whose key is there again; the last entry of a key is in {@code entries}
   */
  record Mapping(Position position, Map<String, Entry> entries, List<Entry> repeated)
      implements Node {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      repeated = List.copyOf(repeated);
    }

    @Override
    public Optional<Node> field(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    @Override
    public Object plain() {
      Map<String, Object> plain = new LinkedHashMap<>();
      entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
      return plain;
    }
  }

  /** A list. */
  record Sequence(Position position, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Object plain() {
      List<Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(item.plain()));
      return plain;
    }
  }

  /**
   * A single value.
   *
   * @param value a String, Long, Double, Boolean or null
   * @param written the word in the file, such as {@code no} for false
   */
  record Scalar(Position position, Object value, String written) implements Node {
    /** A value that is not from a file. */
    Scalar(Position position, Object value) {
      this(position, value, String.valueOf(value));
    }

    @Override
    public Object plain() {
      return value;
    }
  }

  /** A key with its value. */
  record Entry(String key, Position keyPosition, Node value) {}
}
