package dev.clinicnet.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns match what {@code docs/grants.md} says, and never more. */
class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "a.example.com,             a.example.com",
    "*.example.com,             *.example.com",
    "site-*.example.com,        site-1.example.com",
    "**.example.com,            a.example.com",
    "**.example.com,            *.example.com",
    "**.example.com,            b.a.example.com",
    "**,                        *.b.a.example.com",
    "{namespace}.example.com,   a.example.com",
    "api-{namespace}.example.com, api-a.example.com",
    "*.{namespace}.example.com, *.a.example.com",
  })
  void aDomainIsAdmitted(String pattern, String domain) {
    assertThat(new NamePattern(pattern).admitsDomain(domain, "a")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.com,             b.a.example.com",
    "a.example.com,             A.example.com",
    "a.example.com,             a.example.com.",
    "a.example.com,             *.example.com",
    "*.example.com,             a.example.com",
    "*.example.com,             example.com",
    "*.example.com,             *.a.example.com",
    "site-*.example.com,        site-.example.com",
    "site-*.example.com,        site.example.com",
    "site-*.example.com,        a.site-1.example.com",
    "site-*.example.com,        site-1.a.example.com",
    "site-*.example.com,        *.example.com",
    "**.example.com,            example.com",
    "**.example.com,            badexample.com",
    "**.example.com,            .example.com",
    "**,                        example..com",
    "{namespace}.example.com,   a-b.example.com",
    "{namespace}.example.com,   *.example.com",
    "api-{namespace}.example.com, api-b.example.com",
    "*.{namespace}.example.com, *.a-b.example.com",
  })
  void aDomainIsNotAdmitted(String pattern, String domain) {
    assertThat(new NamePattern(pattern).admitsDomain(domain, "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com, a.example.com,   true",
    "*.example.com, b.a.example.com, false",
    "*.example.com, example.com,     false",
    "*.example.com, *.example.com,   false",
    "**,            *.example.com,   false",
    "*.{namespace}.internal, x.a.internal,   true",
    "*.{namespace}.internal, x.a-b.internal, false",
  })
  void aHostHasNoWildcardAndAStarIsAnyLabelOfIt(String pattern, String host, boolean admitted) {
    assertThat(new NamePattern(pattern).admitsHost(host, "a")).isEqualTo(admitted);
  }

  /** If the name of a namespace begins or ends with another's, no name is admitted to both. */
  @Test
  void aPatternWithTheNamespaceInItAdmitsNoNameToTwoNamespaces() {
    Random random = new Random(20261128);
    List<String> namespaces = List.of("a", "a-b", "b", "b-a", "a-a", "ab", "a--b");
    for (int i = 0; i < 20_000; i++) {
      NamePattern pattern = new NamePattern(patternWithNamespace(random));
      String name = name(random, namespaces);

      List<String> admitted =
          namespaces.stream().filter(namespace -> pattern.admitsHost(name, namespace)).toList();

      assertThat(admitted).as("%s for %s", name, pattern).hasSizeLessThan(2);
    }
  }

  /** A second reading of the same table, by regular expression. */
  @Test
  void aPatternAdmitsWhatItsRegularExpressionDoes() {
    Random random = new Random(4711);
    List<String> namespaces = List.of("a", "a-b", "b");
    int admitted = 0;
    for (int i = 0; i < 50_000; i++) {
      String pattern = random.nextInt(3) == 0 ? patternWithNamespace(random) : pattern(random);
      String name = name(random, namespaces);
      String namespace = pick(random, namespaces);

      boolean expected = name.matches(expression(pattern, namespace));
      boolean actual = new NamePattern(pattern).admitsHost(name, namespace);

      assertThat(actual).as("%s by %s in %s", name, pattern, namespace).isEqualTo(expected);
      admitted += actual ? 1 : 0;
    }
    assertThat(admitted).as("or the test would show nothing").isGreaterThan(500);
  }

  private static String expression(String pattern, String namespace) {
    String label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    String name = label + "(\\." + label + ")*";
    if (pattern.equals("**")) {
      return name;
    }
    String text = pattern.replace("{namespace}", namespace).replace(".", "\\.");
    if (text.startsWith("**")) {
      return name + text.substring(2);
    }
    return text.startsWith("*")
        ? label + text.substring(1)
        : text.replace("*", "([-a-z0-9]{0,60}[a-z0-9])");
  }

  private static String patternWithNamespace(Random random) {
    String label =
        pick(random, List.of("{namespace}", "b-{namespace}", "{namespace}-b", "b{namespace}"));
    String first = pick(random, List.of("", "*.", "a.", "b-*.", "**."));
    return first + label + pick(random, List.of("", ".b", ".a.b"));
  }

  private static String pattern(Random random) {
    if (random.nextInt(10) == 0) {
      return "**";
    }
    return pick(random, List.of("*.", "**.", "a.", "b-*.", "a-*.", ""))
        + pick(random, List.of("a", "b", "a-b"))
        + pick(random, List.of("", ".b", ".a.b"));
  }

  private static String name(Random random, List<String> namespaces) {
    List<String> labels = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String text = pick(random, namespaces);
      labels.add(
          pick(random, Stream.of("a", "b", text, "b-" + text, text + "-b", "b" + text).toList()));
    }
    return String.join(".", labels);
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
