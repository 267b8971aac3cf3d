package dev.clinicnet.operator.fleetpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static final String SECRET = "a-secret-of-the-proxy";

  private long nanos;
  private int asked;
  private Optional<String> valid = Optional.of("good");

  private final Reviews reviews =
      new Reviews() {
        @Override
        public Optional<Viewer> holder(String token) {
          asked++;
          return valid.filter(token::equals).map(t -> SampleFleetPage.VIEWER);
        }

        @Override
        public boolean mayList(Viewer viewer, String group, String resource, String namespace) {
          throw new AssertionError("not asked");
        }
      };

  private final Login tokens = new TokenLogin(reviews, () -> nanos);
  private final Login proxy = new ProxyLogin(() -> Optional.of(SECRET), () -> nanos);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good", "bearer  good ", "Basic eDpnb29k", "basic Omdvb2Q="})
  void aTokenIsABearerTokenOrThePasswordOfAnybody(String header) {
    assertThat(check(tokens, "Authorization", header))
        .isEqualTo(new Login.Known(SampleFleetPage.VIEWER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer bad",
        "Basic eDpiYWQ=",
        "Basic !!!",
        "Basic Z29vZA==",
        "good",
        "",
        "Digest good",
        "Bearer go od"
      })
  void everythingElseIsAskedForAToken(String header) {
    assertRefused(check(tokens, "Authorization", header), 401);
  }

  @Test
  void withoutCredentialsABrowserIsAskedAndNothingCountsAsAFailure() {
    for (int i = 0; i < 50; i++) {
      Login.Refused refused = (Login.Refused) tokens.check(credentials(Map.of()));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.challenge()).startsWith("Basic realm=");
    }
    assertThat(check(tokens, "Authorization", "Bearer good")).isInstanceOf(Login.Known.class);
  }

  @Test
  void kubernetesIsAskedOncePerMinuteAndARevokedTokenEnds() {
    for (int i = 0; i < 5; i++) {
      check(tokens, "Authorization", "Bearer good");
    }
    assertThat(asked).isEqualTo(1);

    valid = Optional.empty();
    nanos += Duration.ofSeconds(61).toNanos();
    assertRefused(check(tokens, "Authorization", "Bearer good"), 401);
  }

  @Test
  void whoTriesTokensMustWaitAndOthersNeedNot() {
    check(tokens, "Authorization", "Bearer good");
    for (int i = 0; i < FailureLimit.OF_ONE; i++) {
      assertRefused(check(tokens, "Authorization", "Bearer guess" + i), 401);
    }
    int before = asked;

    assertRefused(check(tokens, "Authorization", "Bearer guess"), 429);
    assertThat(asked).as("Kubernetes is not asked any more").isEqualTo(before);
    assertThat(check(tokens, "Authorization", "Bearer good"))
        .as("a known viewer at the same address")
        .isInstanceOf(Login.Known.class);

    nanos += Duration.ofSeconds(61).toNanos();
    assertRefused(check(tokens, "Authorization", "Bearer guess"), 401);
  }

  @Test
  void aProxyNamesTheViewerAndTheGroups() {
    Login.Outcome outcome =
        proxy.check(
            credentials(
                Map.of(
                    ProxyLogin.SECRET, List.of(SECRET),
                    ProxyLogin.USER, List.of("amara@example.com"),
                    ProxyLogin.GROUPS, List.of("sre, system:masters", "oncall"))));

    Viewer viewer = ((Login.Known) outcome).viewer();
    assertThat(viewer.name()).isEqualTo("amara@example.com");
    assertThat(viewer.groups())
        .as("nobody becomes an administrator by a group of that name")
        .containsExactly("sre", "oncall", "system:authenticated");
  }

  @Test
  void withoutTheSecretNoHeaderCounts() {
    Map<String, List<String>> user = Map.of(ProxyLogin.USER, List.of("amara@example.com"));
    assertRefused(proxy.check(credentials(user)), 401);
    for (List<String> secrets : List.of(List.of("wrong"), List.of(""), List.of(SECRET, SECRET))) {
      assertRefused(
          proxy.check(
              credentials(
                  Map.of(
                      ProxyLogin.SECRET, secrets, ProxyLogin.USER, List.of("amara@example.com")))),
          401);
    }
    Login unreadable = new ProxyLogin(Optional::empty, () -> nanos);
    assertRefused(
        unreadable.check(
            credentials(Map.of(ProxyLogin.SECRET, List.of(""), ProxyLogin.USER, List.of("amara")))),
        401);
  }

  @Test
  void aProxyMustNameOnePersonWhoIsNoPartOfKubernetes() {
    for (List<String> users :
        List.of(
            List.<String>of(),
            List.of(" "),
            List.of("a", "b"),
            List.of("system:admin"),
            List.of(" system:admin"))) {
      assertRefused(
          proxy.check(
              credentials(Map.of(ProxyLogin.SECRET, List.of(SECRET), ProxyLogin.USER, users))),
          401);
    }
  }

  @Test
  void whoGuessesTheSecretMustWait() {
    for (int i = 0; i < FailureLimit.OF_ONE; i++) {
      check(proxy, ProxyLogin.SECRET, "guess" + i);
    }
    assertRefused(check(proxy, ProxyLogin.SECRET, "guess"), 429);
  }

  @Test
  void theLimitOfAllAddressesProtectsKubernetes() {
    FailureLimit limit = new FailureLimit(() -> nanos);
    for (int i = 0; i < FailureLimit.OF_ALL; i++) {
      assertThat(limit.isReached("192.0.2." + i)).isFalse();
      limit.failed("192.0.2." + i);
    }
    assertThat(limit.isReached("198.51.100.1")).isTrue();
  }

  private static void assertRefused(Login.Outcome outcome, int status) {
    assertThat(outcome).isInstanceOf(Login.Refused.class);
    assertThat(((Login.Refused) outcome).status()).isEqualTo(status);
  }

  private static Login.Outcome check(Login login, String header, String value) {
    return login.check(credentials(Map.of(header, List.of(value))));
  }

  private static Credentials credentials(Map<String, List<String>> headers) {
    return new Credentials() {
      @Override
      public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
      }

      @Override
      public String address() {
        return "192.0.2.7";
      }
    };
  }
}
