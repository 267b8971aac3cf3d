package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String POLICY =
      """
      on_http_request:
        - actions:
            - type: rate-limit
              config:
                { name: n, algorithm: sliding_window, capacity: %d, rate: 60s,
                  bucket_key: [ conn.client_ip, "req.url.path" ], enforce: %s }
        - expressions: [ "actions.ngrok.rate_limit.limited" ]
          actions: [ { type: add-headers, config: { headers: { x-limited: "yes" } } } ]
      """;

  @Test
  void aWindowSlides() {
    // Given
    Traffic traffic = new Traffic(POLICY.formatted(2, true));
    // When
    traffic.get("/");
    traffic.account.pass(Duration.ofSeconds(20));
    traffic.get("/");
    HTTPResponse refused = traffic.get("/");
    int otherKey = traffic.get("/other").status();
    int otherClient = traffic.from("203.0.113.8").get("/").status();
    traffic.from("203.0.113.7").account.pass(Duration.ofMillis(39_500));
    HTTPResponse stillRefused = traffic.get("/");
    traffic.account.pass(Duration.ofMillis(500));
    // Then
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().first("retry-after")).contains("40");
    assertThat(otherKey).isEqualTo(200);
    assertThat(otherClient).isEqualTo(200);
    assertThat(stillRefused.headers().first("retry-after")).contains("1");
    assertThat(traffic.get("/").status()).isEqualTo(200);
    assertThat(traffic.get("/").status()).isEqualTo(429);
    traffic.policies.reset();
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }

  @Test
  void aWindowMayBeWrittenInPartsAndOneCounterMayServeAll() {
    // Given
    Traffic traffic =
        new Traffic(
            "{on_http_request: [{actions: [{type: rate-limit, config: {name: n, algorithm:"
                + " sliding_window, capacity: 1, rate: 1m30s}}]}]}");
    // When
    traffic.get("/");
    HTTPResponse refused = traffic.from("203.0.113.8").get("/other");
    traffic.account.pass(Duration.ofSeconds(90));
    // Then
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().first("retry-after")).contains("90");
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }

  @Test
  void withoutEnforcementItOnlyTells() {
    Traffic traffic = new Traffic(POLICY.formatted(1, false));
    traffic.get("/");
    assertThat(traffic.get("/").status()).isEqualTo(200);
    assertThat(traffic.passed().headers().first("x-limited")).contains("yes");
  }

  @Test
  void manyThreadsShareAWindow() throws Exception {
    // Given
    TrafficPolicies policies = new TrafficPolicies(new FakeAccount());
    Endpoint endpoint = new Endpoint("ep", "https://a.example.com", POLICY.formatted(25, true));
    Callable<Integer> request = () -> status(policies, endpoint);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    // When
    List<Future<Integer>> answers =
        threads.invokeAll(IntStream.range(0, 100).mapToObj(i -> request).toList());
    threads.shutdown();
    // Then
    int admitted = 0;
    for (Future<Integer> answer : answers) {
      admitted += answer.get() == 200 ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(25);
  }

  private static int status(TrafficPolicies policies, Endpoint endpoint) throws IOException {
    Traffic edge = new Traffic("");
    InetSocketAddress address = new InetSocketAddress("203.0.113.7", 1);
    return policies
        .request(
            endpoint,
            new ClientConnection(address, address, FakeAccount.START, ""),
            new Connected(Connected.Fate.GOES_ON, Optional.empty(), Map.of()),
            new HTTPRequest(
                "https", "GET", "a", "/", new Headers(), java.io.InputStream.nullInputStream()),
            edge)
        .status();
  }
}
