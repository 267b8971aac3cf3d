package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.SimulatorVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order that {@code docs/access.md} promises, read off the text of a policy with everything in
 * it. The reading below knows nothing of {@link Stage}: it goes by what the rules do.
 */
class StageOrderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "https://web.example.com";

  private static final List<String> DOCUMENTED =
      List.of(
          "addresses", "TLS", "rate", "paths", "login", "users", "raw rules", "forward", "denial");

  /** Between these two it is the phases of ngrok that keep the order. */
  private static final Stage LAST_ON_CONNECT = Stage.TLS;

  static IntStream pairs() {
    return IntStream.range(0, Stage.values().length - 1);
  }

  @Test
  void aCompletePolicyRunsInTheDocumentedOrder() {
    assertThat(steps(json(complete().build()))).containsExactlyElementsOf(DOCUMENTED);
    assertThat(SimulatorVerdict.refusal(complete().build().toJson(), HOST)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void swappedNeighboursAreSeen(int first) {
    // Given
    List<Stage> order = new ArrayList<>(List.of(Stage.values()));
    Collections.swap(order, first, first + 1);
    // When
    JsonNode swapped = json(complete().build(order));
    // Then
    if (List.of(Stage.values()).get(first) == LAST_ON_CONNECT) {
      // ngrok runs on_tcp_connect first, for every order of the stages.
      assertThat(steps(swapped)).isEqualTo(DOCUMENTED);
    } else {
      List<String> expected = new ArrayList<>(DOCUMENTED);
      Collections.swap(expected, first, first + 1);
      assertThat(steps(swapped)).isEqualTo(expected).isNotEqualTo(DOCUMENTED);
    }
  }

  /** The one pair that the stages cannot swap, swapped in the policy itself: by the phases. */
  @Test
  void theRateIsSeenBeforeTLSAndRefusedThereByThePlatform() {
    // Given
    ObjectNode policy = json(complete().build());
    ArrayNode onConnect = (ArrayNode) policy.get("on_tcp_connect");
    ArrayNode onRequest = (ArrayNode) policy.get("on_http_request");
    // When
    onConnect.insert(1, onRequest.remove(0));
    // Then
    List<String> expected = new ArrayList<>(DOCUMENTED);
    Collections.swap(expected, 1, 2);
    assertThat(steps(policy)).isEqualTo(expected);
    assertThat(SimulatorVerdict.refusal(policy.toString(), HOST)).contains("rate-limit");
  }

  @Test
  void tlsIsSeenAfterTheRateAndRefusedThereByThePlatform() {
    // Given
    ObjectNode policy = json(complete().build());
    ArrayNode onConnect = (ArrayNode) policy.get("on_tcp_connect");
    // When
    ((ArrayNode) policy.get("on_http_request")).insert(1, onConnect.remove(1));
    // Then
    assertThat(steps(policy)).isNotEqualTo(DOCUMENTED);
    assertThat(SimulatorVerdict.refusal(policy.toString(), HOST)).contains("terminate-tls");
  }

  @Test
  void theOrderOfThePhasesInTheTextMeansNothing() {
    ObjectNode backwards = JSON.createObjectNode();
    ObjectNode policy = json(complete().build());
    backwards.set("on_http_request", policy.get("on_http_request"));
    backwards.set("on_tcp_connect", policy.get("on_tcp_connect"));

    assertThat(steps(backwards)).isEqualTo(DOCUMENTED);
  }

  /** What runs, in its order, neighbours of one kind taken together. */
  private static List<String> steps(JsonNode policy) {
    List<String> steps = new ArrayList<>();
    for (String phase : List.of("on_tcp_connect", "on_http_request")) {
      for (JsonNode rule : policy.path(phase)) {
        String step = step(rule);
        if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
          steps.add(step);
        }
      }
    }
    return steps;
  }

  private static String step(JsonNode rule) {
    String type = rule.at("/actions/0/type").asText();
    String condition = rule.path("expressions").toString();
    return switch (type) {
      case "restrict-ips" -> "addresses";
      case "terminate-tls" -> "TLS";
      case "rate-limit" -> "rate";
      case "oauth", "openid-connect", "jwt-validation", "basic-auth" -> "login";
      case "add-headers" -> "raw rules";
      case "forward-internal" -> "forward";
      case "deny" ->
          condition.contains("identity.email")
              ? "users"
              : condition.contains("req.url.") ? "paths" : "denial";
      default -> throw new AssertionError("unexpected action " + type);
    };
  }

  private static PolicyBuilder complete() {
    AccessPolicy access =
        AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of())
            .with(
                new ClientCertificates(
                    List.of("-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n"),
                    "require-and-verify"))
            .with(new RequestRate("web", 10, "60s", RequestRate.CLIENT_ADDRESS))
            .with(
                Login.oauth(
                    "google",
                    Optional.empty(),
                    List.of(),
                    List.of("clinicnet.com"),
                    List.of("ann@partner.com")));
    Rule raw =
        Rule.always("raw", new Action("add-headers", Map.of("headers", Map.of("x-site", "1"))));
    return PolicyBuilder.forHttps(
        access,
        List.of("/api"),
        Map.of(Phase.ON_HTTP_REQUEST, List.of(raw)),
        Forwards.to("https://web.clinic1.internal"));
  }

  private static ObjectNode json(TrafficPolicy policy) {
    try {
      return (ObjectNode) JSON.readTree(policy.toJson());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
