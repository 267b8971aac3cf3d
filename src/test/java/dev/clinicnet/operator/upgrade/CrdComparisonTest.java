package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison itself: each kind of break is found, and what is none is not. */
class CrdComparisonTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";
  private static final String BEFORE =
      """
      metadata: {name: lamps.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {kind: Lamp, plural: lamps, singular: lamp, shortNames: [lp], categories: [light]}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [name]
                    x-kubernetes-validations: [{rule: "self.name != 'x'"}]
                    properties:
                      name: {type: string, minLength: 2, maxLength: 10, pattern: "^[a-z]+$"}
                      watts: {type: integer, minimum: 1, maximum: 100, default: 40}
                      colour: {type: string, enum: [red, green], nullable: true}
                      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      labels: {type: object, additionalProperties: {type: string, maxLength: 5}}
                      rooms:
                        type: array
                        maxItems: 4
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items: {type: object, properties: {name: {type: string}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/properties/name; gone; spec.name: it is gone",
        "/properties/rooms/items/properties/name; gone; spec.rooms[].name: it is gone",
        "/properties/name/type; integer; spec.name: type is \"integer\", was \"string\"",
        "/properties/name/maxLength; 9; spec.name: maxLength is 9, was 10",
        "/properties/name/minLength; 3; spec.name: minLength is 3, was 2",
        "/properties/name/pattern; ^[a-y]+$; spec.name: pattern is \"^[a-y]+$\", was \"^[a-z]+$\"",
        "/properties/name/format; date; spec.name: format is \"date\", was absent",
        "/properties/colour/maxLength; 5; spec.colour: maxLength is 5, was absent",
        "/properties/watts/maximum; 99; spec.watts: maximum is 99, was 100",
        "/properties/watts/minimum; 2; spec.watts: minimum is 2, was 1",
        "/properties/watts/exclusiveMaximum; true;"
            + " spec.watts: exclusiveMaximum is true, was absent",
        "/properties/watts/multipleOf; 5; spec.watts: multipleOf is 5, was absent",
        "/properties/watts/default; 60; spec.watts: default is 60, was 40",
        "/properties/watts/default; gone; spec.watts: default is absent, was 40",
        "/properties/colour/enum; [red, blue]; spec.colour: \"green\" is gone from enum",
        "/properties/name/enum; [a]; spec.name: enum is [\"a\"], was absent",
        "/properties/colour/nullable; gone; spec.colour: nullable is absent, was true",
        "/properties/free/x-kubernetes-preserve-unknown-fields; gone;"
            + " spec.free: x-kubernetes-preserve-unknown-fields is absent, was true",
        "/properties/labels/additionalProperties/maxLength; 4;"
            + " spec.labels.*: maxLength is 4, was 5",
        "/properties/labels/additionalProperties; gone;"
            + " spec.labels: additionalProperties is absent, was {\"type\":\"string\",\"maxLength\":5}",
        "/properties/rooms/maxItems; 3; spec.rooms: maxItems is 3, was 4",
        "/properties/rooms/minItems; 1; spec.rooms: minItems is 1, was absent",
        "/properties/rooms/uniqueItems; true; spec.rooms: uniqueItems is true, was absent",
        "/properties/rooms/x-kubernetes-list-type; atomic;"
            + " spec.rooms: x-kubernetes-list-type is \"atomic\", was \"map\"",
        "/properties/rooms/items/required; [name]; spec.rooms[]: name is required",
        "/required; [name, watts, colour]; spec: colour is required",
        "/not; {required: [free]}; spec: not is {\"required\":[\"free\"]}, was absent",
        "/x-kubernetes-validations; [{rule: \"self.name != 'y'\"}];"
            + " spec: there is a new rule: self.name != 'y'",
        "/x-kubernetes-validations; [{rule: \"self.name != 'x' || self.watts > 9\"}];"
            + " spec: there is a new rule: self.name != 'x' || self.watts > 9",
        "/x-kubernetes-validations; [{rule: \"self.watts > 9 ? false : true || self.name != 'x'\"}];"
            + " spec: there is a new rule: self.watts > 9 ? false : true || self.name != 'x'",
        "/x-kubernetes-validations; [{rule: \"!has(self.watts) || self.watts > 9\"}];"
            + " spec: there is a new rule: !has(self.watts) || self.watts > 9",
        "/x-kubernetes-validations; [{rule: \"!has(self.size) || self.watts > 9 ? false : true\"}];"
            + " spec: there is a new rule: !has(self.size) || self.watts > 9 ? false : true",
        "/properties/name/x-kubernetes-validations; [{rule: \"self != 'y'\"}];"
            + " spec.name: there is a new rule: self != 'y'",
        "/properties/rooms/x-kubernetes-validations; [{rule: \"self == oldSelf\"}];"
            + " spec.rooms: there is a new rule: self == oldSelf",
      })
  void aSchemaThatAdmitsLessOrMeansSomethingElseIsABreak(String pointer, String value, String found)
      throws IOException {
    assertThat(breaks(SPEC + pointer, value)).containsExactly("lamps.example.com: v1 " + found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/spec/scope; Cluster; scope is \"Cluster\", was \"Namespaced\"",
        "/spec/group; example.org; group is \"example.org\", was \"example.com\"",
        "/spec/names/plural; lights; plural is \"lights\", was \"lamps\"",
        "/spec/names/shortNames; [l]; lp is gone from shortNames",
        "/spec/names/categories; gone; light is gone from categories",
        "/spec/versions/0/name; v2; version v1 is gone",
        "/spec/versions/0/served; false; version v1 is not served",
        "/spec/versions/0/subresources; gone; version v1 has no subresource status",
      })
  void aKindThatIsFoundElsewhereIsABreak(String pointer, String value, String found)
      throws IOException {
    assertThat(breaks(pointer, value)).containsExactly("lamps.example.com: " + found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/description; another text",
        "/properties/size; {type: string, maxLength: 3}",
        "/properties/name/maxLength; 11",
        "/properties/name/maxLength; gone",
        "/properties/name/minLength; 0",
        "/properties/name/pattern; gone",
        "/properties/watts/maximum; 1000",
        "/properties/colour/enum; [green, red, blue]",
        "/properties/name/nullable; true",
        "/properties/watts/x-kubernetes-validations; gone",
        "/required; gone",
        "/required; [name, watts]",
        "/x-kubernetes-validations; gone",
        "/x-kubernetes-validations; [{rule: \"self.name  !=  'x'\", message: other}]",
        "/x-kubernetes-validations; [{rule: \"!has(self.size) || self.size > 1\"}]",
        "/x-kubernetes-validations; [{rule: \"!has(self.size) || self.watts > 9\"}]",
        "/x-kubernetes-validations; [{rule: \"self.watts > 9 || self.name != 'x'\"}]",
        "/x-kubernetes-validations;"
            + " [{rule: \"oldSelf.hasValue() || self.name != 'y'\", optionalOldSelf: true}]",
      })
  void whatAdmitsMoreIsNone(String pointer, String value) throws IOException {
    assertThat(breaks(SPEC + pointer, value)).isEmpty();
  }

  @Test
  void aCrdThatIsGoneIsABreakAndANewVersionIsNone() throws IOException {
    JsonNode before = YAML.readTree(BEFORE);
    assertThat(CrdComparison.breaks(before, before.path("none")))
        .containsExactly("lamps.example.com: it is gone");

    JsonNode after = before.deepCopy();
    ArrayNode versions = (ArrayNode) after.at("/spec/versions");
    ((ObjectNode) versions.get(0)).put("storage", false);
    versions.addObject().put("name", "v2").put("served", true).put("storage", true);
    assertThat(CrdComparison.breaks(before, after)).isEmpty();
  }

  static List<Path> crds() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** Each field of the real CRDs in turn. */
  @ParameterizedTest
  @MethodSource("crds")
  void noFieldCanGoUnnoticed(Path file) throws IOException {
    JsonNode before = YAML.readTree(Files.readString(file));
    List<JsonPointer> fields = new ArrayList<>();
    fields(before, JsonPointer.empty(), fields);
    assertThat(CrdComparison.breaks(before, before.deepCopy())).isEmpty();
    assertThat(fields).hasSizeGreaterThan(10);

    for (JsonPointer field : fields) {
      JsonNode after = before.deepCopy();
      ((ObjectNode) after.at(field.head())).remove(field.last().getMatchingProperty());
      assertThat(CrdComparison.breaks(before, after)).as("%s", field).hasSize(1);
    }
  }

  private static void fields(JsonNode node, JsonPointer at, List<JsonPointer> fields) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonPointer child = at.appendProperty(entry.getKey());
      if (entry.getKey().equals("properties")) {
        entry.getValue().fieldNames().forEachRemaining(f -> fields.add(child.appendProperty(f)));
      }
      fields(entry.getValue(), child, fields);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      fields(node.get(i), at.appendIndex(i), fields);
    }
  }

  private static List<String> breaks(String pointer, String value) throws IOException {
    JsonNode before = YAML.readTree(BEFORE);
    JsonNode after = before.deepCopy();
    JsonPointer place = JsonPointer.compile(pointer);
    ObjectNode parent = (ObjectNode) after.at(place.head());
    if (value.equals("gone")) {
      parent.remove(place.last().getMatchingProperty());
    } else {
      parent.set(place.last().getMatchingProperty(), YAML.readTree(value));
    }
    return CrdComparison.breaks(before, after);
  }
}
