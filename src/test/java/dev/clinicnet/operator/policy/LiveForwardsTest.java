package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveForwardsTest {

  @ParameterizedTest
  @CsvSource({
    "forward-internal, https://a.clinic1.internal",
    "Forward-Internal, https://a.clinic1.internal",
    "forward-internal, https://elsewhere.example.com",
    "http-request, https://A.Clinic1.INTERNAL:8443/x",
  })
  void namesWhatIsReached(String type, String url) {
    assertThat(LiveForwards.of(policy(type, url))).containsExactly(url);
  }

  @Test
  void doesNotCountRequestsToTheOutside() {
    assertThat(LiveForwards.of(policy("http-request", "https://api.example.com"))).isEmpty();
  }

  private static String policy(String type, String url) {
    return """
        {"on_http_request": [{"actions": [{"type": "%s", "config": {"url": "%s"}}]}]}
        """
        .formatted(type, url);
  }
}
