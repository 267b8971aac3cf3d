package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks one action by itself. */
final class ActionCheck {

  private static final List<String> FIELDS = List.of("type", "config");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private ActionCheck() {}

  /** Empty when its structure is wrong. */
  static Optional<CheckedAction> check(Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> action)) {
      place.error(Mismatch.of(tree, "a map") + ": write an action with type and config");
      return Optional.empty();
    }
    RuleCheck.onlyFields(action, FIELDS, place);
    Place there = place.field("config");
    if (action.get("config") != null && !(action.get("config") instanceof Map)) {
      there.error(
          Mismatch.of(action.get("config"), "a map") + ": write one \"name: value\" a line");
      return Optional.empty();
    }
    if (!isName(action.get("type"), place.field("type"))) {
      return Optional.empty();
    }
    String name = (String) action.get("type");
    if (name.equals(OwnForward.TYPE)) {
      return OwnForward.check((Map<?, ?>) action.get("config"), place);
    }
    ActionType type = ActionCatalogue.find(name);
    Map<String, Object> config = Spelling.sent(name, (Map<?, ?>) action.get("config"), there);
    if (type == null) {
      place.field("type").warn(unknown(name));
      UnknownText.check(config, there);
    } else if (type.fields() == null) {
      place
          .field("type")
          .warn("the fields of %s are not documented, so they are not checked".formatted(name));
      UnknownText.check(config, there);
    } else {
      FieldCheck.fields(type.fields(), config, there);
      together(type.together(), config, there);
    }
    OutsideRequests.check(name, config, there);
    if (type != null) {
      phase(name, type, place);
    }
    return Optional.of(new CheckedAction(name, type, config, place));
  }

  private static boolean isName(Object value, Place place) {
    if (value == null) {
      place.error("is missing: write what the action does, such as deny");
      return false;
    }
    if (!(value instanceof String name)) {
      place.error(Mismatch.of(value, "a string") + ": write what the action does, such as deny");
      return false;
    }
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    if (plain.startsWith("forward") && !name.equals(OwnForward.TYPE)) {
      place.error(
          "%s is not for raw rules, which could reach another clinic with it: the service's own"
                  .formatted(name)
              + " forward follows them; take it out");
      return false;
    }
    if (!NAME.matcher(name).matches()) {
      place.error(
          "\"%s\" is not a type of action: write it in lower case, with hyphens".formatted(name)
              + NearestName.hint(plain, ActionCatalogue.names()));
      return false;
    }
    return true;
  }

  private static String unknown(String name) {
    return "%s is not a documented action".formatted(name)
        + Optional.ofNullable(ActionCatalogue.newName(name))
            .map(now -> "; its name is now " + now)
            .orElse(NearestName.hint(name, ActionCatalogue.names()));
  }

  private static void together(List<String> fields, Map<String, Object> config, Place place) {
    List<String> missing = fields.stream().filter(field -> !config.containsKey(field)).toList();
    if (missing.size() == 1) {
      String present = fields.get(1 - fields.indexOf(missing.get(0)));
      place
          .field(missing.get(0))
          .warn("is missing: %s needs it; write both or neither".formatted(present));
    }
  }

  private static void phase(String name, ActionType type, Place place) {
    EndpointKind kind = place.kind();
    List<String> phases =
        kind.phases().stream().map(Phase::key).filter(type.phases()::contains).toList();
    if (!type.endpoints().contains(kind.name().toLowerCase(Locale.ROOT))) {
      phases = List.of();
    }
    if (!phases.contains(place.phase().key())) {
      place.warn(
          phases.isEmpty()
              ? "%s cannot run on %s: take it out".formatted(name, kind.words())
              : "%s cannot run in %s: move it to %s"
                  .formatted(name, place.phase().key(), String.join(" or ", phases)));
    }
  }
}
