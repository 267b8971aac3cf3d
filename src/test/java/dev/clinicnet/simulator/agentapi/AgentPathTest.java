package dev.clinicnet.simulator.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/endpoints, /endpoints, /endpoints",
    "/api/endpoints/web?x=/a, /endpoints/web, /endpoints/{id}",
    "/api/tunnels/a%20b+c, /tunnels/a b+c, /tunnels/{id}",
    "/api/requests/http/1, /requests/http/1, /requests/http/{id}",
    "http://localhost:4040/api/status, /status, /status",
    "//api//status/, /status, /status",
    "/api/status/../requests/http, /requests/http, /requests/http",
    "/api/status%2f%2e%2e%2frequests/http, /requests/http, /requests/http",
    "/../api/./endpoints/a/b, /endpoints/a/b, /endpoints/a/b",
    "/api, /, /",
    "/api/%zz, /%zz, /%zz",
  })
  void isReadAsWhatItLeadsTo(String target, String below, String pattern) {
    AgentPath path = AgentPath.of(target);

    assertThat(path.isAPI()).isTrue();
    assertThat(path.below()).isEqualTo(below);
    assertThat(path.pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @CsvSource({"/", "/inspect/http", "/apis/status", "/api/.."})
  void isNotOfTheAPI(String target) {
    assertThat(AgentPath.of(target).isAPI()).isFalse();
  }
}
