package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builder on its own, without the schema before it: no value changes what our rules say. */
class OwnExpressionsPropertyTest {
  private static final int CASES = 250;
  private static final String PATH = "/elsewhere";
  private static final String EMAIL = "nobody@elsewhere.test";

  @ParameterizedTest
  @ValueSource(longs = {5, 60_000, 700_000})
  void noValueChangesTheMeaningOfAnExpression(long seed) {
    int built = 0;
    List<String> plain = expressions(policy("/a", "a@b.c", "b.c"));
    for (long i = seed; i < seed + CASES; i++) {
      NastyText texts = new NastyText(i);
      String path = texts.next("/a");
      String email = texts.next("ann@");
      String domain = texts.next("clinic");
      for (String[] values :
          List.of(
              new String[] {path, "a@b.c", "b.c"},
              new String[] {"/a", email, "b.c"},
              new String[] {"/a", "a@b.c", domain})) {
        TrafficPolicy policy;
        try {
          policy = policy(values[0], values[1], values[2]);
        } catch (IllegalArgumentException refused) {
          continue;
        }
        built++;
        String named = "seed %d: %s".formatted(i, List.of(values));
        List<String> expressions = expressions(policy);
        assertThat(expressions).as(named).hasSameSizeAs(plain);
        for (int e = 0; e < plain.size(); e++) {
          assertThat(Meaning.of(expressions.get(e), PATH, EMAIL))
              .as(named)
              .isEqualTo(Meaning.of(plain.get(e), PATH, EMAIL));
        }
        String users = expressions.get(2);
        assertThat(denies(users, values[1])).as(named).isFalse();
        assertThat(denies(users, "x@" + values[2])).as(named).isFalse();
        assertThat(policy.toJson()).as(named).doesNotContain("${");
      }
    }
    assertThat(built).as("else nothing is shown").isGreaterThan(CASES / 2);
  }

  private static boolean denies(String users, String email) {
    return Meaning.of(users, PATH, email).value();
  }

  private static TrafficPolicy policy(String path, String email, String domain) {
    Login login =
        Login.oauth("google", Optional.empty(), List.of(), List.of(domain), List.of(email));
    return PolicyBuilder.https(
        AccessPolicy.ANYBODY.with(login),
        List.of(path),
        Map.of(),
        Forwards.to("https://web.clinic1.internal"));
  }

  private static List<String> expressions(TrafficPolicy policy) {
    return policy.rules(Phase.ON_HTTP_REQUEST).stream()
        .flatMap(rule -> rule.expressions().stream())
        .toList();
  }
}
