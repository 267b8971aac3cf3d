package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPaceTest {
  private static final Instant BEGUN = Instant.parse("2026-12-01T10:00:00Z");

  private final List<JsonNode> entries = new ArrayList<>();

  @Test
  void theLastListOnlyEndsTheTime() {
    list("/endpoints", 3, 60);
    list("/endpoints", 3, 105);
    list("/endpoints", 5, 150);

    assertThat(ListPace.of("/endpoints", entries)).isEqualTo(4);
  }

  @Test
  void anotherListDoesNotCount() {
    list("/endpoints", 1, 0);
    list("/tunnel_sessions", 9, 20);
    list("/endpoints", 1, 30);

    assertThat(ListPace.of("/endpoints", entries)).isEqualTo(2);
  }

  @Test
  void oneListHasNoPace() {
    list("/endpoints", 9, 0);

    assertThat(ListPace.of("/endpoints", entries)).isZero();
  }

  private void list(String path, int pages, int second) {
    for (int page = 0; page < pages; page++) {
      entries.add(
          new JsonMapper()
              .createObjectNode()
              .put("at", BEGUN.plusSeconds(second + page).toString())
              .put("method", "GET")
              .put("path", path));
    }
  }
}
