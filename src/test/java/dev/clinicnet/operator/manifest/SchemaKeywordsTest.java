package dev.clinicnet.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keywords of schemas that ours use today, or may use tomorrow. */
class SchemaKeywordsTest {

  @Test
  void limitsOfTextsCountCodePoints() {
    String schema = "{type: string, minLength: 2, maxLength: 3, pattern: '^a'}";
    assertThat(causes(schema, "abc")).isEmpty();
    assertThat(causes(schema, "a😀😀")).isEmpty();
    assertThat(causes(schema, "a"))
        .containsExactly("v: Invalid value: \"a\": v in body should be at least 2 chars long");
    assertThat(causes(schema, "abcd")).containsExactly("v: Too long: may not be more than 3 bytes");
    assertThat(causes(schema, "bcd"))
        .containsExactly("v: Invalid value: \"bcd\": v in body should match '^a'");
  }

  @Test
  void limitsOfNumbers() {
    String schema =
        "{type: integer, minimum: 2, maximum: 10, exclusiveMaximum: true, multipleOf: 2}";
    assertThat(causes(schema, "8")).isEmpty();
    assertThat(causes(schema, "10"))
        .containsExactly("v: Invalid value: 10: v in body should be less than 10");
    assertThat(causes(schema, "0"))
        .containsExactly("v: Invalid value: 0: v in body should be greater than or equal to 2");
    assertThat(causes(schema, "5"))
        .containsExactly("v: Invalid value: 5: v in body should be a multiple of 2");
    assertThat(causes(schema, "4.5"))
        .anyMatch(c -> c.contains("must be of type integer: \"number\""));
    assertThat(causes("{type: integer, format: int32}", "3000000000"))
        .containsExactly(
            "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in v");
    assertThat(causes("{type: number}", "3")).isEmpty();
  }

  @Test
  void limitsOfListsAndMaps() {
    assertThat(causes("{type: array, minItems: 1, items: {type: string}}", "[]"))
        .containsExactly("v: Invalid value: 0: v in body should have at least 1 items");
    assertThat(causes("{type: array, maxItems: 1, items: {type: string}}", "[a, b]"))
        .containsExactly("v: Too many: 2: must have at most 1 item");
    assertThat(
            causes(
                "{type: array, x-kubernetes-list-type: set, items: {type: string}}",
                "[a, b, a, a]"))
        .containsExactly("v[2]: Duplicate value: \"a\"");
    assertThat(
            causes(
                "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items:"
                    + " {type: object, properties: {k: {type: string, default: x}}}}",
                "[{k: a}, {}, {k: x}]"))
        .containsExactly("v[2]: Duplicate value: {\"k\":\"x\"}");
    String map =
        "{type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: integer}}";
    assertThat(causes(map, "{a: 1}")).isEmpty();
    assertThat(causes(map, "{}"))
        .containsExactly("v: Invalid value: 0: v in body should have at least 1 properties");
    assertThat(causes(map, "{a: 1, b: 1, c: 1}"))
        .containsExactly("v: Too many: 3: must have at most 2 items");
    assertThat(causes(map, "{a: b}")).anyMatch(c -> c.startsWith("v.a: Invalid value: \"string\""));
  }

  @Test
  void integersOrTextsNullsAndUnknownFields() {
    assertThat(
            causes(
                "{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}",
                "5"))
        .isEmpty();
    assertThat(causes("{x-kubernetes-int-or-string: true}", "50%")).isEmpty();
    assertThat(causes("{x-kubernetes-int-or-string: true}", "[]"))
        .anyMatch(c -> c.contains("must be of type integer,string: \"array\""));
    assertThat(causes("{type: string, nullable: true}", "null")).isEmpty();
    assertThat(causes("{type: array, items: {type: string}}", "[null]"))
        .anyMatch(c -> c.contains("v[0] in body must be of type string: \"null\""));
    assertThat(unknown("{type: object, x-kubernetes-preserve-unknown-fields: true}", "{a: {b: 1}}"))
        .isEmpty();
    assertThat(unknown("{type: object, properties: {a: {type: object}}}", "{a: {b: 1}}"))
        .containsExactly("v.a.b");
    assertThat(
            unknown(
                "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: object}}}",
                "{a: {b: 1}, c: 1}"))
        .containsExactly("v.a.b");
  }

  @Test
  void rulesSeeDefaultsAndEscapedNames() {
    String schema =
        """
        type: object
        properties:
          a-b: {type: integer, default: 3}
          namespace: {type: string}
        x-kubernetes-validations:
        - rule: self.a__dash__b < 5 && has(self.__namespace__)
          message: "no"
          fieldPath: .a-b
        """;
    assertThat(rules(schema, "{namespace: x}")).isEmpty();
    assertThat(rules(schema, "{namespace: x, a-b: 7}")).containsExactly("v.a-b: Invalid value: no");
  }

  @Test
  void rulesMaySayWhyAndHaveReasons() {
    String schema =
        """
        type: string
        x-kubernetes-validations:
        - rule: self.size() < 3
          messageExpression: "'has ' + string(self.size()) + ' letters'"
        - rule: "!self.startsWith('x')"
          message: not x
          reason: FieldValueForbidden
        - rule: self != 'abc'
          messageExpression: self.substring(9)
        """;
    assertThat(rules(schema, "xyz"))
        .containsExactly("v: Invalid value: \"xyz\": has 3 letters", "v: Forbidden: not x");
    assertThat(rules(schema, "abc"))
        .contains("v: Invalid value: \"abc\": failed rule: self != 'abc'");
  }

  @Test
  void rulesOnAChangeNeedOne() {
    String rule =
        "{type: string, x-kubernetes-validations: [{rule: self == oldSelf, message: fixed}]}";
    String optional =
        "{type: string, x-kubernetes-validations: [{rule: 'oldSelf.hasValue() ? oldSelf.value() == self : self != \"c\"', optionalOldSelf: true, message: fixed}]}";
    assertThat(rules(rule, "a")).isEmpty();
    assertThat(rules(rule, "a", Optional.of("b")))
        .containsExactly("v: Invalid value: \"a\": fixed");
    assertThat(rules(optional, "c")).hasSize(1);
    assertThat(rules(optional, "a")).isEmpty();
    assertThat(rules(optional, "a", Optional.of("b"))).hasSize(1);
  }

  @Test
  void aRuleThatCannotBeJudgedIsBroken() {
    assertThat(
            rules(
                "{type: object, x-kubernetes-validations: [{rule: self.a == 1, message: words}]}",
                "{}"))
        .singleElement()
        .asString()
        .contains("evaluating rule: words");
    assertThat(rules("{type: string, x-kubernetes-validations: [{rule: self.unheardOf()}]}", "a"))
        .singleElement()
        .asString()
        .contains("rule compile error");
  }

  @Test
  void aKeywordThatWouldBeIgnoredIsRefused() {
    assertThatThrownBy(() -> schema("{type: object, properties: {v: {not: {type: string}}}}"))
        .hasMessageContaining(".v: the keyword not is not supported");
  }

  private static Schema schema(String yaml) {
    return Schema.of((Map<?, ?>) document(yaml).root().plain());
  }

  private static Schema around(String schema) {
    return Schema.of(
        Map.of("type", "object", "properties", Map.of("v", document(schema).root().plain())));
  }

  private static Document document(String yaml) {
    return new ManifestReader("").read("f.yaml", yaml).documents().get(0);
  }

  private static List<String> causes(String schema, String value) {
    Node root = Defaults.complete(document("v: " + value).root(), around(schema));
    List<Violation> violations = new ArrayList<>(StructuralValidation.of(root, around(schema)));
    violations.addAll(ListUniqueness.of(root, around(schema)));
    return words(violations);
  }

  private static List<String> unknown(String schema, String value) {
    return StrictDecoding.unknownFields(document("v: " + value), around(schema)).stream()
        .map(Violation::field)
        .toList();
  }

  private static List<String> rules(String schema, String value) {
    return rules(schema, value, Optional.empty());
  }

  private static List<String> rules(String schema, String value, Optional<String> before) {
    Document document = document("v: " + value);
    Schema around = around(schema);
    return words(
        RuleValidation.of(
            document,
            Defaults.complete(document.root(), around),
            before.map(b -> Defaults.complete(document("v: " + b).root(), around)),
            around));
  }

  private static List<String> words(List<Violation> violations) {
    return violations.stream().map(v -> v.field() + ": " + v.cause()).toList();
  }
}
