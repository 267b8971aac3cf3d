package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that a change sets, without secrets.
 *
 * @param name its name at the platform
 * @param before its lines; none if there was no value
 * @param after its lines; the same as before if only a secret differs
 */
record FieldChange(String name, List<String> before, List<String> after) {
  private static final String METADATA = "metadata";

  FieldChange {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The fields of a change; a deletion has none. */
  static List<FieldChange> of(Change change) {
    if (change.after() == null) {
      return List.of();
    }
    Map<String, Field> before = fields(change.before());
    Map<String, Field> after = fields(change.after());
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String name : names) {
      Field old = before.getOrDefault(name, Field.text(name, null));
      Field fresh = after.getOrDefault(name, Field.text(name, null));
      if (!old.values().equals(fresh.values())) {
        changes.add(new FieldChange(name, shown(old), shown(fresh)));
      }
    }
    if (change.sendsSecret()) {
      List<String> hidden = List.of(PolicyDisplay.SECRET);
      changes.add(new FieldChange("value", change.before() == null ? List.of() : hidden, hidden));
    }
    return changes;
  }

  /** Whether the visible parts are equal. */
  boolean isHidden() {
    return before.equals(after);
  }

  private static List<String> shown(Field field) {
    return field.policy() && !field.values().isEmpty()
        ? PolicyDisplay.lines(field.values().get(0))
        : field.values();
  }

  private static Map<String, Field> fields(RemoteObject object) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (object != null) {
      object.fields().forEach(field -> fields.put(field.name(), field));
      if (object.markText() != null && !object.markText().isEmpty()) {
        fields.put(METADATA, Field.text(METADATA, words(object.markText())));
      }
    }
    return fields;
  }

  /**
   * The mark without the uid and the nonce, which files do not have, and without texts of others.
   */
  private static String words(String metadata) {
    return Mark.parse(metadata)
        .map(
            mark ->
                "mark of "
                    + mark.owner().map(owner -> owner + " of ").orElse("")
                    + "instance "
                    + mark.instance()
                    + (mark.isRetained() ? ", retained" : "")
                    + (mark.retiredAt() == null ? "" : ", retired at " + mark.retiredAt()))
        .orElse("no mark (" + metadata.length() + " characters)");
  }
}
