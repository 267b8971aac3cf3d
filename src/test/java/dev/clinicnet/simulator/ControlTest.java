package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest extends SimulatorTest {

  @Test
  void countsRequestsWithTheirIdsReplaced() {
    String id = created("/credentials").id();
    client.get("/credentials/" + id);
    client.get("/credentials/cr_x");
    client.get("/credentials?limit=1");
    client.get("/nothing");
    JsonNode counts = client.get("/_simulator/requests").body();
    assertThat(counts)
        .isEqualTo(
            SimulatorClient.object(
                "GET /credentials",
                1,
                "GET /credentials/{id}",
                2,
                "GET /nothing",
                1,
                "POST /credentials",
                1));
    JsonNode log = client.get("/_simulator/requests?detail=true").body().get("requests");
    assertThat(log).hasSize(5);
    assertThat(log.get(0))
        .isEqualTo(
            SimulatorClient.object(
                "at",
                clock.instant().toString(),
                "method",
                "POST",
                "path",
                "/credentials",
                "status",
                201));
    client.delete("/_simulator/requests");
    assertThat(client.get("/_simulator/requests").body()).isEmpty();
  }

  @Test
  void needsNoKey() {
    assertThat(client.send("GET", "/_simulator/state", null, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void showsAllObjectsByResourceAndForgetsThem() {
    created("/reserved_addrs");
    JsonNode state = client.get("/_simulator/state").body();
    assertThat(state.get("reserved_addrs")).hasSize(1);
    for (String resource :
        List.of("endpoints", "tunnel_sessions", "credentials", "service_users", "vaults")) {
      assertThat(state.has(resource)).as(resource).isTrue();
    }
    client.post("/_simulator/plan-limits", "{\"reserved_addrs\":0}");
    client.post("/_simulator/faults", "{\"path\":\"/reserved_addrs\"}");
    assertThat(client.delete("/_simulator/state").status()).isEqualTo(204);
    assertThat(client.get("/_simulator/state").body().get("reserved_addrs")).isEmpty();
    created("/reserved_addrs");
  }

  @Test
  void tellsWhereEndpointsWillBeBeforeThereAreAny() {
    JsonNode before = client.get("/_simulator/edge").body();
    usableDomain("a.example.com");
    created("/endpoints", "url", "https://a.example.com", "traffic_policy", DENY);

    JsonNode after = client.get("/_simulator/edge").body();

    assertThat(before.get("endpoints")).isEmpty();
    assertThat(after.at("/endpoints/0/address")).isEqualTo(before.get("https"));
    assertThat(before.get("http").asText()).startsWith("127.0.0.1:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/_simulator/nothing;       {};                 404",
        "/_simulator/state;         {};                 404",
        "/_simulator/state/more;    {};                 404",
        "/_simulator/requests;      {};                 404",
        "/_simulator/domains/a;     {};                 404",
        "/_simulator/key-role;      {\"role\":\"king\"}; 400",
        "/_simulator/key-role/a;    {};                 404",
        "/_simulator/plan-limits;   {\"nothing\":1};    400",
        "/_simulator/plan-limits;   {\"vaults\":\"1\"}; 400",
        "/_simulator/plan-limits/a; {};                 404",
        "/_simulator/faults/a/b;    {};                 404",
        "/_simulator/faults/a/b/c;  {};                 404",
        "/_simulator/agents/a;      {};                 404",
      })
  void refusesWhatItDoesNotKnow(String path, String body, int status) {
    assertThat(client.post(path, body).status()).isEqualTo(status);
  }
}
