package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How {@code req.url.path} is normalised is ngrok's business: what is asserted here holds whether
 * it is the raw path, decoded, or decoded and cleaned.
 */
class PathRestrictionTest {

  private static final String TARGET = "https://rest-api.clinic1.internal";

  @ParameterizedTest
  @CsvSource({
    "/api, forward-internal",
    "/api/, forward-internal",
    "/api/x, forward-internal",
    "/api/x.y/z, forward-internal",
    "/api/%20x, forward-internal",
    "/api/x%3fy, forward-internal",
    "/api/a//b, forward-internal",
    "/v1/fhir, forward-internal",
    "/v1/fhir/Patient, forward-internal",
    "/v1, deny",
    "/v1/fhirx, deny",
    "/, deny",
    "'', deny",
    "*, deny",
    "/API, deny",
    "/apiadmin, deny",
    "/api.json, deny",
    "/api;x, deny",
    "/xapi, deny",
    "/x/api, deny",
    "//api, deny",
    "//api/x, deny",
    "///api, deny",
    "/api/.., deny",
    "/api/../x, deny",
    "/x/../api, deny",
    "/api/..;/x, deny",
    "/api/%2e%2e/x, deny",
    "/api/%2E%2e/x, deny",
    "/api/.%2e/x, deny",
    "/api/%252e%252e/x, deny",
    "/api/%25252e/x, deny",
    "/api%2fx, deny",
    "/api%2F..%2Fx, deny",
    "/api/%252fx, deny",
    "/api%5cx, deny",
    "/api%5Cx, deny",
    "/api\\..\\x, deny",
    "/api\\x, deny",
    "/%2e/api, deny",
  })
  void admitsListedPathsByElementAndNothingAmbiguous(String raw, String outcome) {
    TrafficPolicy policy =
        PolicyBuilder.https(
            AccessPolicy.ofAddresses(List.of(), List.of()),
            List.of("/api", "/v1/fhir/"),
            Map.of(),
            Forwards.to(TARGET));
    for (String path : List.of(raw, decoded(raw), cleaned(decoded(raw)))) {
      assertThat(PolicyProbe.outcome(policy, path, raw)).as("path %s", path).isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/x", "/a%2fb", "/../x", "//x", "/api\\x"})
  void checksNothingWhereNoPathIsClosed(String raw) {
    TrafficPolicy policy =
        PolicyBuilder.https(
            AccessPolicy.ofAddresses(List.of(), List.of()),
            List.of("/"),
            Map.of(),
            Forwards.to(TARGET));
    assertThat(PolicyProbe.outcome(policy, raw, raw)).isEqualTo("forward-internal");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/status, upstream",
    "/api/endpoints, upstream",
    "/api/endpoints/dashboard, upstream",
    "/api/tunnels, upstream",
    "/api/requests/http, deny",
    "/api/requests/http/1, deny",
    "/api/endpoints/../requests/http, deny",
    "/api/endpoints%2f..%2frequests/http, deny",
    "/api, deny",
    "/, deny",
    "/inspect/http, deny"
  })
  void anAgentsPolicyDeniesAndOtherwiseLetsThrough(String raw, String outcome) {
    TrafficPolicy policy =
        PolicyBuilder.agentPaths(List.of("/api/status", "/api/endpoints", "/api/tunnels"));
    assertThat(PolicyProbe.outcome(policy, raw, raw)).isEqualTo(outcome);
    assertThat(policy.rules(Phase.ON_TCP_CONNECT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api",
        "//",
        "//api",
        "/api//x",
        "/api/../x",
        "/a..b",
        "/./api",
        "/api/.",
        "/a%20b",
        "/api?x",
        "/api#x",
        "/a b",
        "/a\\b",
        "/\u00e4",
        "/api\n",
        "/a\"b",
        "/${req.host}"
      })
  void refusesPathsThatAreNotPlainNamingThem(String path) {
    assertThatThrownBy(() -> PathRestriction.of(List.of(path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + path + "\"");
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2b"), StandardCharsets.UTF_8);
  }

  /** The path as most servers read it: without empty, "." and ".." elements. */
  private static String cleaned(String path) {
    String cleaned = path.replaceAll("/+", "/");
    String before;
    do {
      before = cleaned;
      cleaned =
          cleaned
              .replaceFirst("/\\.(/|$)", "/")
              .replaceFirst("^/\\.\\.(/|$)", "/")
              .replaceFirst("/[^/]+/\\.\\.(/|$)", "/");
    } while (!cleaned.equals(before));
    return cleaned;
  }
}
