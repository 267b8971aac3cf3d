package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.manifest.Node.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** Turns one document of the YAML library into our tree. */
final class YamlTree {
  /** Marks words without quotes, whose meaning {@link PlainScalars} finds. */
  private static final Tag PLAIN = new Tag("tag:clinicnet.dev,2026:plain");

  private static final int MOST_NODES = 500_000;

  private final String file;
  private final Set<org.snakeyaml.engine.v2.nodes.Node> open =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  YamlTree(String file) {
    this.file = file;
  }

  /** The schema that does not interpret words. */
  static Schema schema() {
    return new Schema() {
      @Override
      public ScalarResolver getScalarResolver() {
        return (value, plain) -> plain ? PLAIN : Tag.STR;
      }

      @Override
      public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
      }
    };
  }

  /** The tree of a document. */
  Node convert(org.snakeyaml.engine.v2.nodes.Node yaml) throws ManifestSyntaxException {
    return convert(yaml, position(yaml));
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node yaml, Position at)
      throws ManifestSyntaxException {
    nodes++;
    if (nodes > MOST_NODES) {
      throw new ManifestSyntaxException(at, "the document has more than " + MOST_NODES + " values");
    }
    if (!open.add(yaml)) {
      throw new ManifestSyntaxException(position(yaml), "an alias refers to what it is a part of");
    }
    try {
      if (yaml instanceof MappingNode mapping) {
        return mapping(mapping, at);
      }
      if (yaml instanceof SequenceNode sequence) {
        List<Node> items = new ArrayList<>();
        for (var item : sequence.getValue()) {
          items.add(convert(item, position(item)));
        }
        return new Node.Sequence(at, items);
      }
      ScalarNode word = (ScalarNode) yaml;
      return new Node.Scalar(position(yaml), scalar(word), word.getValue());
    } finally {
      open.remove(yaml);
    }
  }

  private Node mapping(MappingNode mapping, Position at) throws ManifestSyntaxException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    List<Entry> repeated = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Position keyAt = position(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ManifestSyntaxException(keyAt, "a key must be a single word");
      }
      if (isMerge(key)) {
        merge(convert(tuple.getValueNode(), keyAt), merged);
        continue;
      }
      Object name = scalar(key);
      if (name == null) {
        throw new ManifestSyntaxException(keyAt, "a key must not be null");
      }
      Entry entry = new Entry(name.toString(), keyAt, convert(tuple.getValueNode(), keyAt));
      if (entries.put(entry.key(), entry) != null) {
        repeated.add(entry);
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new Node.Mapping(at, entries, repeated);
  }

  private static boolean isMerge(ScalarNode key) {
    return key.getTag().equals(PLAIN) && key.getValue().equals("<<");
  }

  /** Earlier mappings of a list go before later ones. */
  private static void merge(Node from, Map<String, Entry> into) throws ManifestSyntaxException {
    if (from instanceof Node.Mapping mapping) {
      mapping.entries().forEach(into::putIfAbsent);
    } else if (from instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        merge(item, into);
      }
    } else {
      throw new ManifestSyntaxException(from.position(), "only a mapping can be merged with <<");
    }
  }

  private Object scalar(ScalarNode scalar) throws ManifestSyntaxException {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.BINARY)) {
      return scalar.getValue();
    }
    Object value = PlainScalars.value(scalar.getValue());
    boolean fits =
        tag.equals(PLAIN)
            || (tag.equals(Tag.NULL) && value == null)
            || (tag.equals(Tag.BOOL) && value instanceof Boolean)
            || (tag.equals(Tag.INT) && value instanceof Long)
            || (tag.equals(Tag.FLOAT) && value instanceof Number);
    if (!fits) {
      throw new ManifestSyntaxException(
          position(scalar), "the tag " + tag + " does not fit its value: take it out");
    }
    return value;
  }

  private Position position(org.snakeyaml.engine.v2.nodes.Node yaml) {
    return position(file, yaml.getStartMark());
  }

  static Position position(String file, Optional<Mark> mark) {
    return mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
        .orElse(Position.startOf(file));
  }
}
