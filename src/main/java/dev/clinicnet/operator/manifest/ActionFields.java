package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.policy.raw.RawPolicy;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fields that were written beside the config of an action of a policy, but belong in it. */
final class ActionFields {
  private static final Pattern ACTION =
      Pattern.compile("spec\\.trafficPolicy\\.\\w+\\[\\d+]\\.actions\\[\\d+]");

  private ActionFields() {}

  /** The place where an unknown field belongs; empty if the action has no field of this name. */
  static Optional<String> meant(Document document, String field) {
    String action = FieldNames.parent(field);
    String name = field.substring(field.lastIndexOf('.') + 1);
    return Optional.of(document.nearest(action))
        .filter(found -> ACTION.matcher(action).matches())
        .flatMap(found -> found.text("type"))
        .filter(type -> RawPolicy.configFields(type).contains(name))
        .map(type -> "config." + name);
  }
}
