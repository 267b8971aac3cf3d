package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The observed events of one request, and their order. */
class RequestObserverTest {
  private final FakePlatform platform = new FakePlatform();
  private final List<String> seen = new ArrayList<>();
  private final RequestObserver observer =
      new RequestObserver() {
        @Override
        public void requested(String resource, String method, Failure failure, Duration took) {
          assertThat(took).isPositive();
          seen.add(method + " " + resource + " " + failure);
        }

        @Override
        public void waited(Lane lane, Duration wait) {
          seen.add("waited in " + lane);
        }
      };
  private final OkHttpNgrokApi api =
      new OkHttpNgrokApi(
          platform.options(),
          FakePlatform.freshBudget(),
          () -> seen.add("guard"),
          observer,
          repetition -> seen.add("paused " + repetition));

  @AfterEach
  void close() {
    api.close();
    platform.close();
  }

  @Test
  void asksTheGuardAfterTheWaitBeforeEveryAttempt() {
    platform.replies(502, "{}").hangsUp();
    platform.replies(404, FakePlatform.refusal(404, null, "Resource not found"));
    api.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    assertThat(seen)
        .containsExactly(
            "waited in CLOSING",
            "guard",
            "DELETE endpoints OUTCOME_UNKNOWN",
            "paused 1",
            "waited in CLOSING",
            "guard",
            "DELETE endpoints OUTCOME_UNKNOWN",
            "paused 2",
            "waited in CLOSING",
            "guard",
            "DELETE endpoints null");
  }

  @Test
  void asksNoGuardForAList() {
    platform.replies(200, "{\"endpoints\":[]}");
    api.list(Resource.ENDPOINTS, Lane.SWEEP);
    assertThat(seen).containsExactly("waited in SWEEP", "GET endpoints null");
  }

  @Test
  void tellsWhyARequestFailed() {
    platform.refuses(400, 18010, "You have exceeded the maximum number of cloud endpoints");
    Throwable e =
        catchThrowable(
            () ->
                api.update(
                    Resource.ENDPOINTS,
                    "ep_1",
                    new Endpoint.Update(null, null, null, "d", null, null),
                    Lane.CHANGE));
    assertThat(e).isInstanceOf(NgrokException.class);
    assertThat(seen).containsExactly("waited in CHANGE", "guard", "PATCH endpoints ACCOUNT_LIMIT");
  }

  @Test
  void jittersItsPausesBetweenHalfAndWhole() throws InterruptedException {
    long start = System.nanoTime();
    Backoff.jittered(Duration.ofMillis(20), () -> 0).pause(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }
}
