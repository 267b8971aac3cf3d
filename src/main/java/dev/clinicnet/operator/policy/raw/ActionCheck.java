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

  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "oidc", "openid-connect",
          "webhook-validation", "verify-webhook",
          "webhook-verification", "verify-webhook",
          "compress", "compress-response",
          "rewrite-url", "url-rewrite");

  private ActionCheck() {}

  static CheckedAction check(Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> action)) {
      place.error(Shapes.mismatch(tree, "a map") + ": write an action with type and config");
      return new CheckedAction(null, Map.of(), place);
    }
    RuleCheck.onlyFields(action, FIELDS, place);
    Object config = action.get("config");
    Place there = place.field("config");
    int before = place.errors().size();
    ActionType type = type(action.get("type"), place.field("type"));
    if (place.errors().size() > before) {
      return new CheckedAction(null, Map.of(), place);
    }
    if (type != null) {
      phase(type, place);
    }
    if (config != null && !(config instanceof Map)) {
      there.error(Shapes.mismatch(config, "a map") + ": write one \"name: value\" a line");
      return new CheckedAction(type, Map.of(), place);
    }
    Map<?, ?> fields = config == null ? Map.of() : (Map<?, ?>) config;
    if (type == null || type.fields() == null) {
      Shapes.unknown().check(fields, there);
      if (type != null) {
        type.together().accept(fields, there);
      }
      return new CheckedAction(type, fields, place);
    }
    int errors = place.errors().size();
    if (type.name().equals("set-vars") && Spelling.holdsVariables(fields)) {
      ActionCatalogue.variables(fields, there);
      there.warn("ngrok documents the field vars: what is here is sent as vars");
      return new CheckedAction(type, fields, place);
    }
    Groups.fields(type.fields(), fields, there);
    if (place.errors().size() == errors) {
      type.together().accept(fields, there);
    }
    return new CheckedAction(type, fields, place);
  }

  /** Null when it is not known. */
  private static ActionType type(Object value, Place place) {
    if (value == null) {
      place.error("is missing: write what the action does, such as deny");
      return null;
    }
    if (!(value instanceof String name)) {
      place.error(
          Shapes.mismatch(value, "a string") + ": write what the action does, such as deny");
      return null;
    }
    ActionType type = ActionCatalogue.find(name);
    if (type == null) {
      unknown(name, place);
    } else if (type.fields() == null) {
      place.warn("the fields of %s are not documented, so they are not checked".formatted(name));
    }
    return type;
  }

  private static void unknown(String name, Place place) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    if (plain.startsWith("forward")) {
      place.error(
          "%s is not for raw rules, which could reach another clinic with it: the service's own"
                  .formatted(name)
              + " forward follows them; take it out");
    } else if (!NAME.matcher(name).matches()) {
      place.error(
          "\"%s\" is no type of action: write it in lower case, with hyphens".formatted(name)
              + NearestName.hint(plain, ActionCatalogue.names()));
    } else {
      place.warn(
          "%s is no action that is documented".formatted(name)
              + Optional.ofNullable(OLD_NAMES.get(plain))
                  .map(now -> "; its name is now " + now)
                  .orElse(NearestName.hint(name, ActionCatalogue.names())));
    }
  }

  private static void phase(ActionType type, Place place) {
    if (type.name().equals("terminate-tls") && place.kind() == EndpointKind.TCP) {
      place.error("terminate-tls is for https and tls endpoints: a tcp endpoint has no TLS to end");
    } else if (!type.phases().contains(place.phase())) {
      List<String> phases =
          place.kind().phases().stream().filter(type.phases()::contains).map(Phase::key).toList();
      place.error(
          phases.isEmpty()
              ? "%s cannot run on %s: take it out".formatted(type.name(), place.kind().words())
              : "%s cannot run in %s: move it to %s"
                  .formatted(type.name(), place.phase().key(), String.join(" or ", phases)));
    }
  }
}
