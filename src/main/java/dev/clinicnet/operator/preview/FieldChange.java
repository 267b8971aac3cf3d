package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that a change sets, without anything secret.
 *
 * @param name as the platform calls it
 * @param before its lines; none where there was no value
 * @param after its lines; the same as before where only a secret differs
 */
record FieldChange(String name, List<String> before, List<String> after) {

  FieldChange {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The fields of a change; none of a deletion. */
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
      Field old = before.getOrDefault(name, Field.NONE);
      Field fresh = after.getOrDefault(name, Field.NONE);
      if (!old.equals(fresh)) {
        changes.add(new FieldChange(name, old.lines(), fresh.lines()));
      }
    }
    if (change.sendsSecret()) {
      List<String> hidden = List.of(PolicyDisplay.SECRET);
      changes.add(new FieldChange("value", change.before() == null ? List.of() : hidden, hidden));
    }
    return changes;
  }

  /** Whether it differs in nothing that may be shown. */
  boolean isHidden() {
    return before.equals(after);
  }

  /** A value as it may be shown, and as it is, which is only compared. */
  private record Field(List<String> lines, String raw) {
    static final Field NONE = new Field(List.of(), null);

    static Field of(String text) {
      return text == null ? NONE : new Field(List.of(text), text);
    }

    @Override
    public String toString() {
      return lines.toString();
    }
  }

  private static Map<String, Field> fields(RemoteObject object) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (object instanceof ReservedAddr address) {
      fields.put("region", Field.of(address.region()));
    } else if (object instanceof Credential credential) {
      List<String> acl = credential.acl().stream().sorted().toList();
      fields.put("acl", new Field(acl, acl.toString()));
    } else if (object instanceof Endpoint endpoint) {
      fields.put("url", Field.of(endpoint.url()));
      fields.put(
          "traffic_policy",
          new Field(PolicyDisplay.lines(endpoint.trafficPolicy()), endpoint.trafficPolicy()));
    } else if (object instanceof VaultSecret secret) {
      fields.put("vault", Field.of(secret.vaultName()));
    }
    String metadata = RemoteNames.metadata(object);
    if (metadata != null && !metadata.isEmpty()) {
      fields.put("metadata", Field.of(words(metadata)));
    }
    return fields;
  }

  /** Without the uid and the nonce, which files do not have, and without what others wrote. */
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
