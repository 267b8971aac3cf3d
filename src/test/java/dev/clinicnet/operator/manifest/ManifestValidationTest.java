package dev.clinicnet.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestValidationTest {
  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata:
        name: clinic1
      """;

  @Test
  void unknownAndRepeatedFieldsAreErrorsWhereTheyStand() {
    assertThat(
            problems(
                CLINIC
                    + """
                      lables: {}
                    spec:
                      displayName: a
                      displayname: b
                      displayName: c
                      domains:
                      - name: a.example.com
                        owned: true
                    """))
        .containsExactlyInAnyOrder(
            "5 metadata.lables: unknown field \"metadata.lables\"; did you mean labels?",
            "8 spec.displayname: unknown field \"spec.displayname\"; did you mean displayName?",
            "9 spec.displayName: duplicate field \"spec.displayName\"",
            "12 spec.domains[0].owned: unknown field \"spec.domains[0].owned\"");
  }

  @Test
  void valuesOfTheWrongTypeStopTheRules() {
    assertThat(problems(CLINIC + "spec:\n  displayName: 5\n  suspend: \"true\"\n"))
        .containsExactlyInAnyOrder(
            "6 spec.displayName: Invalid value: \"integer\": spec.displayName in body must be of"
                + " type string: \"integer\"; write \"5\", with quotes",
            "7 spec.suspend: Invalid value: \"string\": spec.suspend in body must be of type"
                + " boolean: \"string\"; write true (the rules are checked once this is right)");
  }

  @Test
  void aNullIsAsGoodAsNothing() {
    assertThat(problems(CLINIC + "spec:\n  displayName: null\n  deletionPolicy:\n")).isEmpty();
  }

  @Test
  void aRuleSpeaksInItsOwnWordsAtTheLineOfItsField() {
    assertThat(
            problems(
                """
                apiVersion: clinicnet.dev/v1alpha1
                kind: ClinicService
                metadata: {name: rest.api}
                spec:
                  clinicRef: {name: clinic1}
                  upstream: {url: "tcp://10.0.0.1:5432"}
                  expose:
                    https:
                      host: a.example.com
                """))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("3 <nil>: metadata.name must be one DNS label of at most 63"))
        .anyMatch(p -> p.startsWith("8 spec.expose.https: needs an internal endpoint of scheme"));
  }

  @Test
  void namesAndLabelsFollowTheRulesOfEveryObject() {
    assertThat(
            problems(
                """
                apiVersion: clinicnet.dev/v1alpha1
                kind: Clinic
                metadata:
                  name: Clinic_1
                  namespace: a.b
                  labels: {"a b": "c d"}
                  annotations: {"x/y/z": "1"}
                  finalizers: [""]
                spec: {}
                """))
        .anyMatch(p -> p.startsWith("4 metadata.name: Invalid value: \"Clinic_1\": a lowercase"))
        .anyMatch(p -> p.startsWith("5 metadata.namespace: Invalid value: \"a.b\""))
        .anyMatch(p -> p.startsWith("6 metadata.labels: Invalid value: \"a b\": name part must"))
        .anyMatch(p -> p.startsWith("6 metadata.labels: Invalid value: \"c d\": a valid label"))
        .anyMatch(p -> p.startsWith("7 metadata.annotations: Invalid value: \"x/y/z\""))
        .anyMatch(p -> p.startsWith("8 metadata.finalizers: Invalid value: \"\": name part must"));
    assertThat(problems("apiVersion: clinicnet.dev/v1alpha1\nkind: Clinic\nspec: {}\n"))
        .anyMatch(p -> p.contains("metadata.name: Required value: name or generateName"));
    assertThat(problems(CLINIC + "  labels: {a: 1}\nspec: {}\n"))
        .anyMatch(
            p ->
                p.equals(
                    "5 metadata.labels: metadata.labels must be of type strings by key; write \"1\","
                        + " with quotes, under a"));
  }

  @Test
  void aKindThatDoesNotExistIsAnError() {
    assertThat(problems("apiVersion: clinicnet.dev/v1alpha1\nkind: Clinik\n"))
        .containsExactly(
            "2 kind: no matches for kind \"Clinik\" in version \"clinicnet.dev/v1alpha1\"; did you"
                + " mean Clinic of clinicnet.dev/v1alpha1?");
    assertThat(problems("apiVersion: clinicnet.dev/v1\nkind: Clinic\n"))
        .containsExactly(
            "2 kind: no matches for kind \"Clinic\" in version \"clinicnet.dev/v1\"; did you mean"
                + " Clinic of clinicnet.dev/v1alpha1?");
  }

  @Test
  void ofForeignKindsOnlyTheFormMatters() {
    assertThat(problems("apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: many}\n"))
        .isEmpty();
    assertThat(problems("apiVersion: v1\ndata: {a: 1, a: 2}\n"))
        .containsExactlyInAnyOrder("1 kind: kind not set", "2 data.a: duplicate field \"data.a\"");
  }

  @Test
  void everyDefinitionIsPackedAndEveryRuleCompiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      assertThat(
              files.map(file -> file.getFileName().toString().replace(".clinicnet.dev.yaml", "")))
          .containsExactlyInAnyOrderElementsOf(CustomResources.DEFINITIONS);
    }
    for (String kind : List.of("Clinic", "ClinicService")) {
      Schema schema = CustomResources.ours().schema("clinicnet.dev/v1alpha1", kind).orElseThrow();
      assertThat(rules(schema)).isNotEmpty().allMatch(rule -> RuleProgram.of(rule) != null);
    }
  }

  private static Stream<String> rules(Schema schema) {
    Stream<Schema> below =
        Stream.of(
                schema.properties().values().stream(),
                schema.items().stream(),
                schema.additional().stream())
            .flatMap(s -> s);
    return Stream.concat(
        schema.rules().stream().map(Rule::expression),
        below.flatMap(ManifestValidationTest::rules));
  }

  private static List<String> problems(String text) {
    return new ManifestReader("clinics")
        .read("f.yaml", text).documents().stream()
            .flatMap(document -> ManifestValidation.ofNew(document).stream())
            .map(p -> p.position().line() + " " + p.field() + ": " + p.message())
            .toList();
  }
}
