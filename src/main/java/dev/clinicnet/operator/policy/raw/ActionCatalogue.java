package dev.clinicnet.operator.policy.raw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * The actions that raw rules may have, from the file {@value #FILE}.
 *
 * @param actions by their names
 * @param renamed the present names of actions, by their old ones
 */
record ActionCatalogue(Map<String, ActionType> actions, Map<String, String> renamed) {
  private static final String FILE = "actions.yaml";
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ActionCatalogue KNOWN = read();

  /** The action of this type; null when it is not known. */
  static ActionType find(String type) {
    return KNOWN.actions.get(type);
  }

  static Set<String> names() {
    return KNOWN.actions.keySet();
  }

  /** The present name of an action that was renamed; null for any other. */
  static String newName(String type) {
    return KNOWN.renamed.get(type);
  }

  private static ActionCatalogue read() {
    try (InputStream file = ActionCatalogue.class.getResourceAsStream(FILE)) {
      ObjectNode tree = (ObjectNode) YAML.readTree(file);
      JsonNode types = tree.remove("types");
      tree.get("actions").forEach(action -> fields(action.path("fields"), types));
      return YAML.treeToValue(tree, ActionCatalogue.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fields(JsonNode fields, JsonNode types) {
    fields
        .fieldNames()
        .forEachRemaining(name -> ((ObjectNode) fields).set(name, field(fields.get(name), types)));
  }

  /** The field with what the named types say, which the field itself may overrule. */
  private static ObjectNode field(JsonNode field, JsonNode types) {
    ObjectNode full = YAML.createObjectNode();
    String type = field.path("type").asText(field.asText());
    if (types.has(type)) {
      full.setAll(field(types.get(type), types));
    } else {
      full.put("type", type);
    }
    field
        .properties()
        .forEach(
            part -> {
              if (!part.getKey().equals("type")) {
                full.set(part.getKey(), part.getValue());
              }
            });
    for (String below : new String[] {"of", "keys"}) {
      if (full.has(below)) {
        full.set(below, field(full.get(below), types));
      }
    }
    fields(full.path("fields"), types);
    return full;
  }
}
