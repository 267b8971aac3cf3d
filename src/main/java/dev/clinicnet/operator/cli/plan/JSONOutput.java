package dev.clinicnet.operator.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.inventory.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A preview for programs. */
final class JSONOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONOutput() {}

  static String text(Preview preview, Cost cost) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("instance", preview.settings().instance());
    all.put("changes", preview.changes().stream().map(c -> change(preview, c)).toList());
    all.put("kubernetes", preview.kubernetes().stream().map(JSONOutput::kubernetes).toList());
    all.put("notes", preview.notes().stream().map(JSONOutput::note).toList());
    all.put("notInFiles", preview.leftovers().stream().map(JSONOutput::leftover).toList());
    Map<String, Object> requests = new LinkedHashMap<>();
    requests.put("writes", cost.writes());
    requests.put("sweepPages", cost.sweepPages());
    requests.put("perMinute", cost.perMinute());
    requests.put("leastSeconds", cost.least().toSeconds());
    all.put("requests", requests);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }

  private static Map<String, Object> change(Preview preview, Change change) {
    Map<String, Object> fields = of(change.owner());
    fields.put("action", change.action().word());
    fields.put("resource", change.resource().path());
    fields.put("id", change.object().id());
    fields.put("object", change.object().displayName());
    fields.put("origin", preview.origin(change).code());
    List<Object> changed = FieldChange.of(change).stream().<Object>map(JSONOutput::field).toList();
    fields.put("fields", changed);
    return fields;
  }

  private static Map<String, Object> field(FieldChange field) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", field.name());
    fields.put("before", field.before());
    fields.put("after", field.after());
    return fields;
  }

  private static Map<String, Object> kubernetes(KubernetesChange change) {
    Map<String, Object> fields = of(change.owner());
    fields.put("action", change.action().word());
    fields.put("resource", change.kind());
    fields.put("object", change.name());
    fields.put("use", change.use());
    fields.put("meaning", change.meaning());
    fields.put("install", change.install());
    fields.put("lines", change.lines());
    return fields;
  }

  private static Map<String, Object> note(Note note) {
    Map<String, Object> fields = of(note.owner());
    fields.put("reason", note.reason());
    fields.put("message", note.message());
    fields.put("warning", note.warning());
    fields.put("refused", note.refused());
    return fields;
  }

  private static Map<String, Object> leftover(Leftover leftover) {
    Map<String, Object> fields = of(leftover.owner());
    fields.put("resource", leftover.resource().path());
    fields.put("id", leftover.object().id());
    fields.put("object", leftover.object().displayName());
    fields.put("state", leftover.state());
    fields.put("retiredAt", leftover.retiredAt().orElse(null));
    return fields;
  }

  private static Map<String, Object> of(Owner owner) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", owner.kind());
    fields.put("namespace", owner.namespace());
    fields.put("name", owner.name());
    return fields;
  }
}
