package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepsTest {
  private static final Instant BEGUN = Instant.parse("2026-11-30T10:00:00Z");
  private static final int CREATED = 201;
  private static final int REFUSED = 429;

  private final List<JsonNode> entries = new ArrayList<>();

  @Test
  void anEmptyAccountNeedsOnePageForEachListThatIsDue() {
    assertThat(due(Duration.ofSeconds(90)))
        .containsEntry("GET endpoints", 3)
        .containsEntry("GET tunnel_sessions", 3)
        .containsEntry("GET reserved_addrs", 1)
        .containsEntry("GET self", 1);
  }

  @Test
  void aListThatIsDueBeforeTheAccountGrowsHasOnePage() {
    create(2_000, CREATED, 50);

    assertThat(due(Duration.ofSeconds(60))).containsEntry("GET endpoints", 2);
  }

  @Test
  void aLongListIsDueLessOften() {
    create(2_000, CREATED, 5);

    assertThat(due(Duration.ofSeconds(320))).containsEntry("GET endpoints", 1 + 20);
  }

  @Test
  void aListThatBeginsLateHasThePagesOfThatMoment() {
    create(100, CREATED, 5);
    create(50, CREATED, 32);
    entries.add(entry("GET", "/endpoints", 200, 33));

    assertThat(due(Duration.ofSeconds(60))).containsEntry("GET endpoints", 1 + 2);
  }

  @Test
  void whatWasRefusedIsNotThere() {
    create(2_000, REFUSED, 5);

    assertThat(due(Duration.ofSeconds(60))).containsEntry("GET endpoints", 2);
  }

  @Test
  void whatWasDeletedIsNotThere() {
    create(150, CREATED, 5);
    for (int i = 0; i < 60; i++) {
      entries.add(entry("DELETE", "/endpoints/ep_" + i, 204, 20));
    }

    assertThat(due(Duration.ofSeconds(60))).containsEntry("GET endpoints", 2);
  }

  private Map<String, Integer> due(Duration elapsed) {
    Map<Resource<?, ?, ?>, Integer> first = new HashMap<>();
    Account.NEEDED.forEach(resource -> first.put(resource, 0));
    return Sweeps.due(AccountLog.of(first, entries), BEGUN, elapsed);
  }

  private void create(int objects, int status, int second) {
    for (int i = 0; i < objects; i++) {
      entries.add(entry("POST", "/endpoints", status, second));
    }
  }

  private static JsonNode entry(String method, String path, int status, int second) {
    return new JsonMapper()
        .createObjectNode()
        .put("at", BEGUN.plusSeconds(second).toString())
        .put("method", method)
        .put("path", path)
        .put("status", status);
  }
}
