package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class NgrokRequestsTest {
  private final NgrokRequests counted =
      NgrokRequests.count(
          List.of(
              request("GET", "/endpoints", 200),
              request("POST", "/endpoints", 201),
              request("POST", "/endpoints", 429),
              request("POST", "/reserved_domains", 400),
              request("PATCH", "/endpoints/ep_1", 200),
              request("POST", "/tunnel_sessions/ts_1/stop", 204)));

  @Test
  void requestsAreCountedByMethodAndCollection() {
    assertThat(counted.sent())
        .containsOnly(
            entry("GET endpoints", 1),
            entry("POST endpoints", 2),
            entry("POST reserved_domains", 1),
            entry("PATCH endpoints", 1),
            entry("POST tunnel_sessions/stop", 1));
    assertThat(counted.pages()).isEqualTo(1);
    assertThat(counted.writes()).isEqualTo(5);
  }

  @Test
  void aRefusalForTheLimitIsNoOtherError() {
    assertThat(counted.refused()).containsOnly(entry("POST endpoints", 1));
    assertThat(counted.failed()).containsOnly(entry("POST reserved_domains", 1));
    assertThat(counted.refusals()).isEqualTo(1);
    assertThat(counted.failures()).isEqualTo(1);
  }

  private static JsonNode request(String method, String path, int status) {
    return new JsonMapper()
        .createObjectNode()
        .put("method", method)
        .put("path", path)
        .put("status", status);
  }
}
