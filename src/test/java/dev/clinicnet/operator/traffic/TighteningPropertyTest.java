package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.policy.Tightening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A policy with what a refused manifest closes in front of it admits the clients that both admit,
 * and no client else.
 */
class TighteningPropertyTest {
  private static final int CASES = 150;
  private static final List<String> NETWORKS =
      List.of(
          "203.0.113.0/24",
          "203.0.113.0/25",
          "203.0.113.128/25",
          "203.0.113.7/32",
          "198.51.100.0/24",
          "0.0.0.0/0",
          "2001:db8::/32",
          "2001:db8:8000::/33",
          "::/0");
  private static final List<String> CLIENTS =
      List.of(
          "203.0.113.7",
          "203.0.113.8",
          "203.0.113.200",
          "198.51.100.1",
          "192.0.2.1",
          "2001:db8::1",
          "2001:db8:8000::1",
          "2001:db9::1");
  private static final List<String> PATHS = List.of("/api", "/api/v1", "/admin", "/");
  private static final List<String> TARGETS =
      List.of("/api", "/api/v1/x", "/apiadmin", "/admin", "/api/../admin", "/");

  /** The wishes of a manifest. */
  private record Asked(List<String> allow, List<String> deny, List<String> paths) {

    static Asked random(Random random) {
      return new Asked(some(NETWORKS, random), some(NETWORKS.subList(1, 5), random), paths(random));
    }

    private static List<String> paths(Random random) {
      return random.nextBoolean() ? List.of() : some(PATHS, random);
    }

    private static List<String> some(List<String> all, Random random) {
      List<String> some = new ArrayList<>();
      all.forEach(
          one -> {
            if (random.nextInt(4) == 0) {
              some.add(one);
            }
          });
      return some;
    }

    PublishedService published() {
      return PublishedService.of(
              """
              {"apiVersion": "clinicnet.dev/v1alpha1", "kind": "ClinicService",
               "metadata": {"name": "web", "namespace": "clinics"},
               "spec": {"clinicRef": {"name": "clinic1"}, "upstream": {"url": "http://10.0.0.1:80"},
                 "expose": {"https": {"host": "web.api.clinicnet.com", "paths": [%s]}},
                 "access": {"allowCIDRs": [%s], "denyCIDRs": [%s]}}}
              """
                  .formatted(list(paths), list(allow), list(deny)))
          .orElseThrow();
    }

    Tightening tightening() {
      return Tightening.of(2, allow, deny, List.of(), paths, Optional.empty());
    }

    private static String list(List<String> texts) {
      return texts.isEmpty() ? "" : "\"" + String.join("\", \"", texts) + "\"";
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bothLetIn(long seed) {
    Random random = new Random(seed);
    int closed = 0;
    int same = 0;
    for (int i = 0; i < CASES; i++) {
      Asked before = Asked.random(random);
      Asked refused = Asked.random(random);
      PublishedService old = before.published();
      Optional<String> over = refused.tightening().over(old.url(), old.policy(), false);
      PublishedService now = over.map(PublishedService::tree).map(old::withPolicy).orElse(old);
      Gateway was = new PureGateway(old);
      Gateway asked = new PureGateway(refused.published());
      Gateway is = new PureGateway(now);
      for (String client : CLIENTS) {
        for (String target : TARGETS) {
          Attempt attempt =
              new Attempt(client, Shown.NONE, new Credential.Nobody(), "GET", target, 0);
          boolean expected = was.outcome(attempt).reached() && asked.outcome(attempt).reached();
          assertThat(is.outcome(attempt).reached())
              .as("%s, then %s: %s", before, refused, attempt)
              .isEqualTo(expected);
        }
      }
      closed += over.isPresent() ? 1 : 0;
      same += over.isPresent() ? 0 : 1;
      assertThat(refused.tightening().over(now.url(), now.policy(), false))
          .as("%s, then %s", before, refused)
          .isEmpty();
    }
    assertThat(closed).as("else nothing is shown").isGreaterThan(CASES / 4);
    assertThat(same).as("else nothing is shown").isPositive();
  }
}
