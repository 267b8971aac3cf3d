package dev.clinicnet.operator.clinic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes in a site kit, as a sentence for an Event. It names settings and endpoints but no
 * values, so it has no secret.
 */
final class SiteKitChange {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The keys that differ in every new file. They are not reported. */
  private static final Set<String> FOLLOWING = Set.of("authtoken", "metadata");

  private SiteKitChange() {}

  /**
   * The sentence on a kit that was written.
   *
   * @param before the Secret as it was; without a token where there was no kit
   * @param files the files that it holds now, by name
   */
  static String describe(SiteKitSecret before, Map<String, String> files) {
    if (before.token().isEmpty()) {
      return "The site kit is ready: install it at the site.";
    }
    List<String> changes = new ArrayList<>();
    if (differs(before, files, SiteKitSecret.TOKEN)) {
      changes.add("the authtoken is new");
    }
    if (differs(before, files, SiteKitSecret.CONFIG)) {
      changes.addAll(
          configuration(
              before.data(SiteKitSecret.CONFIG).orElse(""), files.get(SiteKitSecret.CONFIG)));
    }
    return changes.isEmpty()
        ? "Only the instructions in the site kit changed: nothing has to be installed again."
        : "The site kit changed: " + String.join(", ", changes) + ". Install it at the site again.";
  }

  private static boolean differs(SiteKitSecret before, Map<String, String> files, String file) {
    return before.data(file).filter(files.get(file)::equals).isEmpty();
  }

  private static List<String> configuration(String before, String after) {
    Optional<JsonNode> old = parse(before);
    if (old.isEmpty()) {
      return List.of("the agent's configuration was missing or unreadable");
    }
    JsonNode now = parse(after).orElseThrow();
    List<String> changes = new ArrayList<>();
    compare(
        members(old.get().path("agent")), members(now.path("agent")), "setting agent.", changes);
    compare(endpoints(old.get()), endpoints(now), "endpoint ", changes);
    return changes;
  }

  private static void compare(
      Map<String, JsonNode> before,
      Map<String, JsonNode> after,
      String what,
      List<String> changes) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!before.containsKey(name)) {
        changes.add(what + name + " is new");
      } else if (!after.containsKey(name)) {
        changes.add(what + name + " is gone");
      } else if (!Objects.equals(before.get(name), after.get(name))) {
        changes.add(what + name + " changed");
      }
    }
  }

  private static Map<String, JsonNode> members(JsonNode agent) {
    Map<String, JsonNode> members = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : agent.properties()) {
      if (!FOLLOWING.contains(member.getKey())) {
        members.put(member.getKey(), member.getValue());
      }
    }
    return members;
  }

  private static Map<String, JsonNode> endpoints(JsonNode file) {
    Map<String, JsonNode> endpoints = new TreeMap<>();
    file.path("endpoints")
        .forEach(endpoint -> endpoints.put(endpoint.path("name").asText(), endpoint));
    return endpoints;
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(YAML.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
