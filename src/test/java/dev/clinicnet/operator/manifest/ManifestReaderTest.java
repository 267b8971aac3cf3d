package dev.clinicnet.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.manifest.ManifestReader.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

  @Test
  void aTextHoldsSeveralObjects() {
    Reading reading =
        read(
            """
            # nothing
            ---
            apiVersion: clinicnet.dev/v1alpha1
            kind: Clinic
            metadata: {name: one}
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Secret
              metadata:
                name: two
                namespace: there
            """);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.documents())
        .extracting(d -> d.group() + "|" + d.kind() + "|" + d.namespace() + "|" + d.name())
        .containsExactly("clinicnet.dev|Clinic|clinics|one", "|Secret|there|two");
  }

  @Test
  void everyPartKnowsItsPlace() {
    Document document =
        only(
            """
            spec:
              domains:
              - name: a.example.com
              - shared: true
                name: b.example.com
            """);

    assertThat(document.nearest("spec.domains").position()).hasToString("f.yaml:2:3");
    assertThat(document.nearest("spec.domains[1]").position()).hasToString("f.yaml:4:5");
    assertThat(document.nearest("spec.domains[1].name").position()).hasToString("f.yaml:5:11");
    assertThat(document.nearest("spec.domains[7].name").position()).hasToString("f.yaml:2:3");
    assertThat(document.nearest("spec.expose.https").position()).hasToString("f.yaml:1:1");
  }

  @ParameterizedTest
  @CsvSource({
    "yes,true",
    "on,true",
    "y,true",
    "No,false",
    "off,false",
    "true,true",
    "True,true",
    "tRue,'\"tRue\"'",
    "1,1",
    "010,8",
    "0o10,8",
    "0x1F,31",
    "0b11,3",
    "-0b11,-3",
    "+5,5",
    "1_000,1000",
    "5.0,5",
    "1e3,1000",
    "1.5,1.5",
    ".5,0.5",
    "24h,'\"24h\"'",
    "2026-11-23,'\"2026-11-23\"'",
    "09,9",
    "0x,'\"0x\"'",
    "_1,'\"_1\"'",
    "'\"1\"','\"1\"'",
    "!!str 1,'\"1\"'",
    "~,null",
    "null,null"
  })
  void wordsMeanWhatTheyMeanToKubectl(String word, String value) {
    Object read = only("v: " + word + "\n").root().field("v").orElseThrow().plain();

    assertThat(read instanceof String text ? "\"" + text + "\"" : String.valueOf(read))
        .isEqualTo(value);
  }

  @Test
  void aNumberTooLargeForAnIntegerIsApproximate() {
    assertThat(only("v: 9223372036854775807\n").root().plain())
        .isEqualTo(Map.of("v", Long.MAX_VALUE));
    assertThat(only("v: 9223372036854775808\n").root().plain()).isEqualTo(Map.of("v", 0x1p63));
  }

  @Test
  void mappingsAreMergedAndAliasesFollowed() {
    Document document =
        only(
            """
            base: &base {a: 1, b: 2}
            other: {<<: *base, b: 3}
            """);

    assertThat(document.root().field("other").orElseThrow().plain())
        .isEqualTo(Map.of("a", 1L, "b", 3L));
  }

  @Test
  void jsonIsReadWithTabsAndEscapes() {
    Document document = only("{\n\t\"kind\": \"Clinic\",\n\t\"v\": \"a\\/\\u00e9\\t\"\n}");

    assertThat(document.kind()).isEqualTo("Clinic");
    assertThat(document.root().text("v")).hasValue("a/é\t");
  }

  @Test
  void aSyntaxErrorHasALineAndLosesNothingBeforeIt() {
    Reading reading = read("kind: A\n---\nkind: B\n---\nspec:\n  a: [1\n  b: 2\n");

    assertThat(reading.documents()).extracting(Document::kind).containsExactly("A", "B");
    assertThat(reading.problems()).singleElement().satisfies(this::isAtLine7);
  }

  private void isAtLine7(Problem problem) {
    assertThat(problem.position().line()).isEqualTo(7);
    assertThat(problem.message()).startsWith("is not valid YAML: ");
    assertThat(problem.isError()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x [*x]\n",
        "? [a, b]\n: c\n",
        "a: !!int b\n",
        "a: \"b\n",
        "just words\n",
        "~: a\n",
        "a: \u0001\n",
        "<<: 1\n",
        "a: *unknown\n"
      })
  void whatIsNoManifestIsAProblem(String text) {
    Reading reading = read(text);

    assertThat(reading.documents()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
  }

  @Test
  void hostileTextsAreProblemsToo() {
    String deep = "a: " + "[".repeat(100_000) + "\n";
    List<String> bomb = new ArrayList<>(List.of("a0: &a0 [x, x, x, x, x, x, x, x, x, x]"));
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.add("a" + i + ": &a" + i + " " + Collections.nCopies(5, alias));
    }
    for (String text : Arrays.asList(deep, String.join("\n", bomb))) {
      assertThat(read(text).problems()).hasSize(1);
    }
  }

  @Test
  void emptyTextsHoldNothing() {
    assertThat(read("").documents()).isEmpty();
    assertThat(read("---\n---\n# words\n").problems()).isEmpty();
  }

  private static Document only(String text) {
    Reading reading = read(text);
    assertThat(reading.problems()).isEmpty();
    return reading.documents().get(0);
  }

  private static Reading read(String text) {
    return new ManifestReader("clinics").read("f.yaml", text);
  }
}
