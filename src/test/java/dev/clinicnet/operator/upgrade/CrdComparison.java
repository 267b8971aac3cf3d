package dev.clinicnet.operator.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of a CRD that would break users of an older one: their manifests, stored objects, or
 * scripts with kubectl.
 */
final class CrdComparison {
  private static final List<String> NAMES = List.of("kind", "plural", "singular", "listKind");

  private final String crd;
  private final List<String> breaks = new ArrayList<>();

  private CrdComparison(String crd) {
    this.crd = crd;
  }

  /** The breaks, each as a sentence that says where; {@code after} is missing if it is gone. */
  static List<String> breaks(JsonNode before, JsonNode after) {
    CrdComparison comparison = new CrdComparison(before.at("/metadata/name").asText());
    if (after.isMissingNode()) {
      comparison.add("it is gone");
    } else {
      comparison.compare(before.path("spec"), after.path("spec"));
    }
    return comparison.breaks;
  }

  private void compare(JsonNode before, JsonNode after) {
    same("group", before, after);
    same("scope", before, after);
    same("conversion", before, after);
    NAMES.forEach(name -> same(name, before.path("names"), after.path("names")));
    kept("shortNames", before.path("names"), after.path("names"));
    kept("categories", before.path("names"), after.path("names"));
    for (JsonNode version : before.path("versions")) {
      String name = version.path("name").asText();
      JsonNode now = version(name, after);
      if (now.isMissingNode()) {
        add("version " + name + " is gone");
      } else {
        versions(name, version, now);
      }
    }
  }

  private void versions(String name, JsonNode before, JsonNode after) {
    if (before.path("served").asBoolean() && !after.path("served").asBoolean()) {
      add("version " + name + " is not served");
    }
    before
        .path("subresources")
        .fieldNames()
        .forEachRemaining(
            subresource -> {
              if (!after.path("subresources").has(subresource)) {
                add("version " + name + " has no subresource " + subresource);
              }
            });
    JsonNode oldSchema = before.at("/schema/openAPIV3Schema");
    JsonNode newSchema = after.at("/schema/openAPIV3Schema");
    SchemaComparison.breaks(oldSchema, newSchema).forEach(found -> add(name + " " + found));
  }

  private static JsonNode version(String name, JsonNode spec) {
    for (JsonNode version : spec.path("versions")) {
      if (version.path("name").asText().equals(name)) {
        return version;
      }
    }
    return spec.path("none");
  }

  private void same(String member, JsonNode before, JsonNode after) {
    if (before.has(member) && !before.get(member).equals(after.path(member))) {
      add(member + " is " + after.path(member) + ", was " + before.get(member));
    }
  }

  private void kept(String member, JsonNode before, JsonNode after) {
    List<JsonNode> now = new ArrayList<>();
    after.path(member).forEach(now::add);
    for (JsonNode value : before.path(member)) {
      if (!now.contains(value)) {
        add(value.asText() + " is gone from " + member);
      }
    }
  }

  private void add(String found) {
    breaks.add(crd + ": " + found);
  }
}
