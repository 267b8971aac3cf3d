package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends SimulatorTest {

  private String inject(String fault) {
    Answer answer = client.post("/_simulator/faults", fault);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.id();
  }

  private int size() {
    return client.get("/_simulator/state").body().get("credentials").size();
  }

  @Test
  void answersInsteadOfTheApiAfterSomeAndForSomeRequests() {
    inject(
        "{\"method\":\"POST\",\"path\":\"/credentials\",\"status\":503,\"error_code\":"
            + "\"ERR_NGROK_10000\",\"msg\":\"down\",\"skip\":1,\"times\":2}");
    assertThat(client.post("/credentials", "{}").status()).isEqualTo(201);
    for (int i = 0; i < 2; i++) {
      Answer fault = client.post("/credentials", "{}");
      assertThat(fault.status()).isEqualTo(503);
      assertThat(fault.code()).isEqualTo("ERR_NGROK_10000");
      assertThat(fault.text("msg")).isEqualTo("down");
      assertThat(client.get("/credentials").status()).isEqualTo(200);
    }
    assertThat(client.post("/credentials", "{}").status()).isEqualTo(201);
    assertThat(size()).isEqualTo(2);
    assertThat(client.get("/_simulator/faults").body().at("/faults/0/fired").asInt()).isEqualTo(2);
  }

  @Test
  void losesTheAnswerToARequestThatWasExecuted() {
    inject("{\"method\":\"POST\",\"path\":\"/credentials\",\"after\":\"commit\"}");
    assertThat(client.post("/credentials", "{}").status()).isEqualTo(500);
    assertThat(size()).isEqualTo(1);
  }

  @Test
  void dropsTheConnectionWithOrWithoutExecution() {
    inject("{\"method\":\"POST\",\"path\":\"/credentials\",\"drop\":true}");
    assertThatThrownBy(() -> client.post("/credentials", "{}"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(size()).isZero();
    inject("{\"method\":\"POST\",\"path\":\"/credentials\",\"drop\":true,\"after\":\"commit\"}");
    assertThatThrownBy(() -> client.post("/credentials", "{}"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(size()).isEqualTo(1);
  }

  @Test
  void matchesIdsByPattern() {
    String id = created("/credentials").id();
    inject("{\"path\":\"/credentials/{id}\",\"status\":502}");
    assertThat(client.get("/credentials").status()).isEqualTo(200);
    assertThat(client.get("/credentials/" + id).status()).isEqualTo(502);
    assertThat(client.get("/credentials/" + id).status()).isEqualTo(200);
  }

  @Test
  void delaysAnAnswerAndThenGivesTheRealOne() {
    inject("{\"path\":\"/credentials\",\"delay\":\"80ms\"}");
    long start = System.nanoTime();
    assertThat(client.get("/credentials").status()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000L);
  }

  @Test
  void holdsARequestUntilItIsReleased() {
    String id = inject("{\"method\":\"POST\",\"path\":\"/credentials\",\"hold\":true}");
    CompletableFuture<Answer> held = client.sendLater("POST", "/credentials", "{}");
    await()
        .until(() -> client.get("/_simulator/faults").body().at("/faults/0/holding").asInt() == 1);
    assertThat(size()).isZero();
    assertThat(held).isNotDone();
    assertThat(client.send("POST", "/_simulator/faults/" + id + "/release", null).status())
        .isEqualTo(204);
    assertThat(held.join().status()).isEqualTo(201);
    assertThat(client.get("/_simulator/faults").body().at("/faults/0/holding").asInt()).isZero();
  }

  @Test
  void releasesWhatItHoldsWhenItIsRemoved() {
    String id = inject("{\"path\":\"/credentials\",\"hold\":true,\"after\":\"commit\"}");
    CompletableFuture<Answer> held = client.sendLater("POST", "/credentials", "{}");
    await().until(() -> size() == 1);
    assertThat(held).isNotDone();
    assertThat(client.delete("/_simulator/faults/" + id).status()).isEqualTo(204);
    assertThat(held.join().status()).isEqualTo(201);
    assertThat(client.delete("/_simulator/faults/" + id).status()).isEqualTo(404);
  }

  @Test
  void forgetsAllFaultsAtOnce() {
    inject("{\"path\":\"/credentials\"}");
    assertThat(client.delete("/_simulator/faults").status()).isEqualTo(204);
    assertThat(client.get("/credentials").status()).isEqualTo(200);
    assertThat(client.get("/_simulator/faults").body().get("faults")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"path\":\"endpoints\"}",
        "{\"path\":\"/a\",\"after\":\"all\"}",
        "{\"path\":\"/a\",\"delay\":\"soon\"}",
        "{\"path\":\"/a\",\"times\":\"2\"}",
        "{\"path\":\"/a\",\"time\":2}"
      })
  void refusesAFaultThatItDoesNotUnderstand(String fault) {
    assertThat(client.post("/_simulator/faults", fault).status()).isEqualTo(400);
  }
}
