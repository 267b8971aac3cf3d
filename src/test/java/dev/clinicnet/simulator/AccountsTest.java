package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several accounts on one platform. */
class AccountsTest extends SimulatorTest {
  private static final String WEST = "2west_key";

  @Override
  SimulatorOptions options() {
    return super.options().withRateLimit(4).withAccount("west", WEST);
  }

  @Test
  void eachHasItsOwnObjectsFaultsCountsAndLimit() {
    assertThat(west("POST", "/reserved_addrs", "{}").status()).isEqualTo(201);
    assertThat(client.get("/reserved_addrs").body().path("reserved_addrs")).isEmpty();
    assertThat(client.get("/_simulator/state").body().path("reserved_addrs")).isEmpty();
    assertThat(client.get("/_simulator/state?account=west").body().path("reserved_addrs"))
        .hasSize(1);
    assertThat(client.get("/_simulator/requests?account=west").body().path("POST /reserved_addrs"))
        .hasToString("1");

    client.post(
        "/_simulator/faults?account=west",
        "{\"method\": \"*\", \"path\": \"/*\", \"status\": 401, \"error_code\": \"ERR_NGROK_206\","
            + " \"times\": 2}");
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(401);
    assertThat(client.get("/endpoints").status()).isEqualTo(200);
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(401);

    for (int i = 0; i < 3; i++) {
      assertThat(west("GET", "/endpoints", null).status()).isEqualTo(200);
    }
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(429);
    assertThat(client.get("/endpoints").status()).isEqualTo(200);
  }

  @Test
  void aDomainBelongsToOneAndNoAddressIsGivenOutTwice() {
    created("/reserved_domains", "domain", "*.example.com");

    Answer refused = west("POST", "/reserved_domains", "{\"domain\": \"*.example.com\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("ERR_NGROK_414");
    String ours = created("/reserved_addrs").body().path("addr").asText();
    String theirs = west("POST", "/reserved_addrs", "{}").body().path("addr").asText();
    assertThat(ours).isNotEqualTo(theirs);
  }

  @Test
  void anUnknownAccountIsNamed() {
    assertThat(client.get("/_simulator/state?account=east").status()).isEqualTo(404);
  }

  private Answer west(String method, String path, String body) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.put("Authorization", "Bearer " + WEST);
    if (body == null) {
      headers.remove("Content-Type");
    }
    return client.send(method, path, body, headers);
  }
}
