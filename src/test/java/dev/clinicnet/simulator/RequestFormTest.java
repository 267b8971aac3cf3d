package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFormTest extends SimulatorTest {

  private Answer with(String header, String value) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.remove("Content-Type");
    if (value == null) {
      headers.remove(header);
    } else {
      headers.put(header, value);
    }
    return client.send("GET", "/credentials", null, headers);
  }

  @Test
  void refusesARequestWithoutAKeyAs403() {
    Answer answer = with("Authorization", null);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("ERR_NGROK_200");
  }

  @Test
  void refusesAnotherSchemeThanBearer() {
    assertThat(with("Authorization", "Digest abc").code()).isEqualTo("ERR_NGROK_201");
  }

  @Test
  void echoesAMalformedKeyInTheMessageAsThePlatformDoes() {
    Answer answer = with("Authorization", "Bearer not-a-key");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("ERR_NGROK_202");
    assertThat(answer.text("msg")).contains("not-a-key");
  }

  @Test
  void refusesAnAuthtokenAsKey() {
    String token = created("/credentials").text("token");
    Answer answer = with("Authorization", "Bearer " + token);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("ERR_NGROK_206");
  }

  @Test
  void refusesTheIdOfAKeyAsKey() {
    String id = client.get("/api_keys?limit=1").body().at("/keys/0/id").asText();
    assertThat(with("Authorization", "Bearer " + id).code()).isEqualTo("ERR_NGROK_208");
  }

  @Test
  void wantsVersionTwo() {
    assertThat(with("Ngrok-Version", null).code()).isEqualTo("ERR_NGROK_218");
    assertThat(with("Ngrok-Version", "1").code()).isEqualTo("ERR_NGROK_217");
  }

  @Test
  void wantsAJsonContentTypeOnBodies() {
    Map<String, String> headers = SimulatorClient.headers();
    headers.remove("Content-Type");
    assertThat(refusal(client.send("POST", "/credentials", "{}", headers)))
        .isEqualTo("ERR_NGROK_216");
    headers.put("Content-Type", "text/plain");
    assertThat(refusal(client.send("POST", "/credentials", "{}", headers)))
        .isEqualTo("ERR_NGROK_210");
    headers.put("Content-Type", "application/json; charset=utf-8");
    assertThat(client.send("POST", "/credentials", "{}", headers).status()).isEqualTo(201);
  }

  @Test
  void wantsNoBodyOnGetAndDelete() {
    assertThat(refusal(client.send("GET", "/credentials", "{}"))).isEqualTo("ERR_NGROK_211");
    String id = created("/credentials").id();
    assertThat(refusal(client.send("DELETE", "/credentials/" + id, "{}")))
        .isEqualTo("ERR_NGROK_211");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    assertThat(refusal("/credentials", "metadata", "x".repeat(1 << 20))).isEqualTo("ERR_NGROK_812");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                      | ERR_NGROK_213",
        "[]                                     | ERR_NGROK_213",
        "{\"a\":1}                              | ERR_NGROK_214",
        "{\"id\":\"cr_1\"}                      | ERR_NGROK_214",
        "{\"description\":1}                    | ERR_NGROK_215",
        "{\"acl\":\"bind:x.internal\"}          | ERR_NGROK_215",
        "{\"acl\":[1]}                          | ERR_NGROK_215",
      })
  void readsBodiesStrictly(String body, String code) {
    assertThat(refusal(client.post("/credentials", body))).isEqualTo(code);
  }

  @Test
  void takesNullForAbsent() {
    assertThat(client.post("/credentials", "{\"description\":null}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "/credentials?page=1, ERR_NGROK_231",
    "/bot_users?filter=true, ERR_NGROK_231",
    "/credentials?limit=1&limit=2, ERR_NGROK_232",
    "/credentials?limit=0, ERR_NGROK_233",
    "/credentials?limit=101, ERR_NGROK_233",
    "/credentials?limit=ten, ERR_NGROK_244",
    "/credentials/ep_2aBcDeFgHiJkLmNoPqRsTuVwXyZ, ERR_NGROK_227",
    "/credentials/cr_short, ERR_NGROK_223",
  })
  void readsQueriesAndIdsStrictly(String path, String code) {
    assertThat(refusal(client.get(path))).isEqualTo(code);
  }

  @Test
  void refusesAQueryThatCannotBeDecoded() {
    // java.net.URI would refuse to send it.
    assertThat(catchCode(() -> Query.parse("filter=%zz"))).isEqualTo("ERR_NGROK_230");
  }

  @Test
  void answersAnAbsentIdWithoutACode() {
    Answer answer = client.get("/credentials/cr_2aBcDeFgHiJkLmNoPqRsTuVwXyZ");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().has("error_code")).isFalse();
    assertThat(answer.text("msg")).isEqualTo("Resource not found");
    assertThat(answer.body().at("/details/operation_id").asText()).startsWith("op_");
  }

  @ParameterizedTest
  @CsvSource({"GET, /nothing", "PUT, /credentials", "DELETE, /credentials", "GET, /"})
  void answersAnUnknownPathOrMethodWithThePathOnly(String method, String path) {
    Answer answer = client.send(method, simulator.url() + path, null);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("msg")).isEqualTo("Not Found");
    assertThat(answer.body().has("error_code")).isFalse();
    assertThat(answer.body().at("/details/path").asText()).isEqualTo(path);
    assertThat(answer.body().at("/details").has("operation_id")).isFalse();
  }

  @Test
  void repeatsTheOperationIdInAHeader() {
    Answer answer = with("Ngrok-Version", "1");
    assertThat(answer.operationId()).startsWith("op_");
    assertThat(answer.body().at("/details/operation_id").asText()).isEqualTo(answer.operationId());
  }

  private static String catchCode(Runnable work) {
    try {
      work.run();
      return null;
    } catch (ApiException e) {
      return e.errorCode();
    }
  }
}
