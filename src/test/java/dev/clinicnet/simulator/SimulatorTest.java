package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has its own simulator, with a clock that only the test moves. */
abstract class SimulatorTest {
  static final Duration DOMAIN_DELAY = Duration.ofSeconds(5);
  static final Duration CERTIFICATE_DELAY = Duration.ofSeconds(10);
  static final String DENY =
      "{\"on_http_request\":[{\"actions\":[{\"type\":\"deny\",\"config\":{\"status_code\":404}}]}]}";
  static final String CLOSE =
      "{\"on_tcp_connect\":[{\"actions\":[{\"type\":\"close-connection\"}]}]}";

  final MutableClock clock = new MutableClock();
  Simulator simulator;
  SimulatorClient client;

  SimulatorOptions options() {
    return SimulatorOptions.defaults()
        .withoutRateLimit()
        .withDomainDelay(DOMAIN_DELAY)
        .withCertificateDelay(CERTIFICATE_DELAY)
        .withClock(clock);
  }

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(options());
    client = new SimulatorClient(simulator.url());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /** Creates an object and expects that to work. */
  Answer created(String path, Object... members) {
    Answer answer = client.post(path, SimulatorClient.object(members).toString());
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer;
  }

  /** Tries to create an object and gives back the code of the refusal. */
  String refusal(String path, Object... members) {
    return refusal(client.post(path, SimulatorClient.object(members).toString()));
  }

  String patchRefusal(String path, Object... members) {
    return refusal(client.patch(path, SimulatorClient.object(members).toString()));
  }

  static String refusal(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isBetween(400, 499);
    assertThat(answer.body().path("status_code").asInt()).isEqualTo(answer.status());
    return answer.code();
  }

  /** Reserves a domain and waits until endpoints may use it. */
  Answer usableDomain(String name) {
    Answer domain = created("/reserved_domains", "domain", name);
    clock.advance(DOMAIN_DELAY);
    return domain;
  }

  /** Connects an agent with one internal endpoint for each url. */
  Answer connect(String token, String... urls) {
    StringBuilder file =
        new StringBuilder("version: 3\nagent:\n  authtoken: " + token + "\nendpoints:\n");
    for (int i = 0; i < urls.length; i++) {
      file.append("  - name: e%d\n    url: \"%s\"\n".formatted(i, urls[i]));
      file.append("    upstream:\n      url: http://localhost:8080\n");
    }
    return client.post("/_simulator/agents", file.toString());
  }
}
