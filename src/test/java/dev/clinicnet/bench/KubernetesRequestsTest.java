package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesRequestsTest {
  @Test
  void requestsAreCountedByVerbAndKindAndRefusalsByTheirStatus() {
    KubernetesRequests.Counted counted =
        KubernetesRequests.count(
            List.of(
                event("patch", "\"resource\":\"clinics\",\"subresource\":\"status\"", 200),
                event("patch", "\"resource\":\"clinics\",\"subresource\":\"status\"", 409),
                event("get", "\"resource\":\"secrets\"", 404),
                event("create", "\"resource\":\"selfsubjectaccessreviews\"", 201),
                "{\"verb\":\"pat"));

    assertThat(counted.of("patch clinics/status")).isEqualTo(2);
    assertThat(counted.failures())
        .containsOnlyKeys("patch clinics/status → 409", "get secrets → 404");
    assertThat(counted.writes()).isEqualTo(2);
    assertThat(counted.singleReads()).isEqualTo(1);
  }

  @Test
  void theBodiesOfStatusesAreAddedUp() {
    String written =
        "{\"verb\":\"patch\",\"objectRef\":{},\"requestObject\":{\"status\":{\"name\":\"é\"}}}";

    assertThat(KubernetesRequests.count(List.of(written, written)).statusBytes())
        .isEqualTo(2L * "{\"status\":{\"name\":\"ee\"}}".length());
  }

  private static String event(String verb, String object, int status) {
    return "{\"verb\":\"%s\",\"objectRef\":{%s},\"responseStatus\":{\"code\":%d}}"
        .formatted(verb, object, status);
  }
}
