package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are repeated, requests that never are, and the failure without an answer. */
class RetriesTest {
  private static final String EMPTY_PAGE = "{\"endpoints\":[]}";
  private static final ReservedAddr.Create ADDR = new ReservedAddr.Create(null, "m", "us");

  private final FakePlatform platform = new FakePlatform();
  private final Budget budget = FakePlatform.freshBudget();
  private final OkHttpNgrokApi api = FakePlatform.client(platform.options(), budget);

  @AfterEach
  void close() {
    api.close();
    platform.close();
  }

  @Test
  void repeatsAListTwiceEachWithAPermitOfItsOwn() {
    platform.replies(503, "{}").hangsUp().replies(200, EMPTY_PAGE);
    assertThat(api.list(Resource.ENDPOINTS, Lane.SWEEP)).isEmpty();
    assertThat(platform.received).hasSize(3);
    assertThat(budget.used()).isEqualTo(3);
  }

  @Test
  void givesUpAfterThreeAttempts() {
    IntStream.range(0, 5).forEach(i -> platform.refuses(500, 10000, "Internal Server Error."));
    assertThat(list().failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(platform.received).hasSize(3);
  }

  @Test
  void nothingIsRepeatedBehindTheBudgetsBack() {
    // okhttp would, by itself, whenever a server says so.
    IntStream.range(0, 6).forEach(i -> platform.replies(503, "{}", Map.of("Retry-After", "0")));
    assertThat(list().failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(platform.received).hasSize(3);
    assertThat(budget.used()).isEqualTo(3);
  }

  @Test
  void repeatsADeletionAndTakesAbsenceForSuccess() {
    platform.hangsUp().replies(404, FakePlatform.refusal(404, null, "Resource not found"));
    api.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING);
    assertThat(platform.received).hasSize(2);
  }

  @Test
  void saysOfADeletionWithoutAnswerThatItMayHaveBeenDone() {
    platform.hangsUp().hangsUp().hangsUp();
    NgrokException e = failure(() -> api.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING));
    assertThat(e.failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(platform.received).hasSize(3);
  }

  @Test
  void neverRepeatsACreationWhoseAnswerIsLost() {
    platform.hangsUp();
    NgrokException e = create();
    assertThat(e.failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(e).hasMessageContaining("it may have been done anyway");
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void neverRepeatsACreationThatTheServerInvitesToRepeat() {
    platform.replies(503, "{}", Map.of("Retry-After", "0"));
    assertThat(create().failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(platform.received).hasSize(1);

    platform.replies(408, "{}", Map.of("Retry-After", "0"));
    assertThat(create().failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(platform.received).hasSize(2);
  }

  @Test
  void neverRepeatsAChange() {
    platform.replies(502, "<html>bad gateway</html>");
    NgrokException e =
        failure(
            () ->
                api.update(
                    Resource.ENDPOINTS,
                    "ep_1",
                    new Endpoint.Update(null, null, null, "d", null, null),
                    Lane.CHANGE));
    assertThat(e.failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void doesNotKnowTheOutcomeWhenTheAnswerCannotBeRead() {
    platform.replies(201, "{\"id\":");
    assertThat(create().failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    platform.replies(201, "[]");
    assertThat(create().failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
    platform.replies(201, "{}");
    assertThat(create().failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
  }

  @Test
  void knowsThatMaintenanceDidNothing() {
    platform.refuses(503, 1501, "Maintenance in progress, some operations are unavailable");
    NgrokException e = create();
    assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(e.code()).isEqualTo("ERR_NGROK_1501");
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void doesNotKnowTheOutcomeAfterATimeout() {
    platform.stalls(Duration.ofSeconds(2));
    try (OkHttpNgrokApi impatient = impatient()) {
      NgrokException e =
          failure(() -> impatient.create(Resource.RESERVED_ADDRS, ADDR, Lane.CHANGE));
      assertThat(e.failure()).isEqualTo(Failure.OUTCOME_UNKNOWN);
      assertThat(e).hasMessageContaining("did not answer in time");
    }
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void repeatsAListAfterATimeout() {
    platform.stalls(Duration.ofSeconds(2)).replies(200, EMPTY_PAGE);
    try (OkHttpNgrokApi impatient = impatient()) {
      assertThat(impatient.list(Resource.ENDPOINTS, Lane.SWEEP)).isEmpty();
    }
  }

  @Test
  void knowsThatNothingWasDoneWhenNoConnectionCouldBeOpened() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    NgrokClientOptions nowhere =
        NgrokClientOptions.of(URI.create("http://127.0.0.1:" + closedPort), () -> "k");
    try (OkHttpNgrokApi unreachable = FakePlatform.client(nowhere, budget)) {
      NgrokException e =
          failure(() -> unreachable.create(Resource.RESERVED_ADDRS, ADDR, Lane.CHANGE));
      assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
      assertThat(e).hasMessageContaining("no connection to 127.0.0.1 can be opened");
    }
    assertThat(budget.used()).isEqualTo(1);
  }

  @Test
  void doesNotRepeatARefusal() {
    platform.refuses(400, 231, "unknown query parameter");
    assertThat(list().failure()).isEqualTo(Failure.INVALID);
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void stopsEveryoneAfterThePlatformHasRefusedForWantOfAllowance() {
    platform.refuses(429, 226, "Your account is rate limited to 120 API requests per 1m.");
    NgrokException first = list();
    assertThat(first.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(61));

    NgrokException second = create();
    assertThat(second.failure()).isEqualTo(Failure.THROTTLED);
    assertThat(second.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(62));
    assertThat(platform.received).hasSize(1);
  }

  @Test
  void sendsNoWriteWithoutTheLead() {
    WriteGuard lost =
        () -> {
          throw new NgrokException(Failure.NOT_LEADING, null, "this process no longer leads", null);
        };
    try (OkHttpNgrokApi follower =
        new OkHttpNgrokApi(
            platform.options(), budget, lost, RequestObserver.NONE, repetition -> {})) {
      List<ThrowingCallable> writes =
          List.of(
              () -> follower.create(Resource.RESERVED_ADDRS, ADDR, Lane.CHANGE),
              () -> follower.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING),
              () -> follower.stopTunnelSession("ts_1", Lane.CLOSING),
              () -> follower.restartTunnelSession("ts_1", Lane.CHANGE),
              () ->
                  follower.update(
                      Resource.RESERVED_ADDRS,
                      "ra_1",
                      new ReservedAddr.Update("d", null),
                      Lane.CHANGE));
      for (ThrowingCallable write : writes) {
        assertThat(failure(write).failure()).isEqualTo(Failure.NOT_LEADING);
      }
      assertThat(platform.received).isEmpty();

      platform.replies(200, EMPTY_PAGE);
      assertThat(follower.list(Resource.ENDPOINTS, Lane.SWEEP)).isEmpty();
    }
  }

  @Test
  void sendsNothingAtAllOnceTheLeadIsLostAfterTheQuestion() {
    WriteGuard lostSince =
        new WriteGuard() {
          @Override
          public void check() {}

          @Override
          public void confirm() {
            throw new NgrokException(Failure.NOT_LEADING, null, "the Lease has run out", null);
          }
        };
    try (OkHttpNgrokApi former =
        new OkHttpNgrokApi(
            platform.options(), budget, lostSince, RequestObserver.NONE, repetition -> {})) {
      List<ThrowingCallable> requests =
          List.of(
              () -> former.create(Resource.RESERVED_ADDRS, ADDR, Lane.CHANGE),
              () -> former.delete(Resource.ENDPOINTS, "ep_1", Lane.CLOSING),
              () -> former.list(Resource.ENDPOINTS, Lane.SWEEP));
      for (ThrowingCallable request : requests) {
        assertThat(failure(request).failure()).isEqualTo(Failure.NOT_LEADING);
      }
      assertThat(platform.received).isEmpty();
      assertThat(former.isWriting()).isFalse();
    }
  }

  @Test
  void sendsNothingWithoutAUsableKey() {
    for (String key : new String[] {null, "", "  ", "two words", "line\nbreak"}) {
      NgrokClientOptions options = NgrokClientOptions.of(platform.url(), () -> key);
      try (OkHttpNgrokApi keyless = FakePlatform.client(options, budget)) {
        NgrokException e = failure(() -> keyless.list(Resource.ENDPOINTS, Lane.SWEEP));
        assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
      }
    }
    assertThat(platform.received).isEmpty();
    assertThat(budget.used()).isZero();
  }

  private OkHttpNgrokApi impatient() {
    Duration short1 = Duration.ofMillis(300);
    return FakePlatform.client(
        platform.options().withTimeouts(Duration.ofSeconds(2), short1, Duration.ofSeconds(5)),
        budget);
  }

  private NgrokException list() {
    return failure(() -> api.list(Resource.ENDPOINTS, Lane.SWEEP));
  }

  private NgrokException create() {
    return failure(() -> api.create(Resource.RESERVED_ADDRS, ADDR, Lane.CHANGE));
  }

  private static NgrokException failure(ThrowingCallable call) {
    return catchThrowableOfType(NgrokException.class, call);
  }
}
