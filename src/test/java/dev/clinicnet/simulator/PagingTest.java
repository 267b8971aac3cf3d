package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagingTest extends SimulatorTest {

  @Test
  void listsNewestFirstAlsoWithinOneSecond() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, created("/reserved_addrs").id());
    }
    clock.advance(Duration.ofSeconds(1));
    ids.add(0, created("/reserved_addrs").id());
    assertThat(client.get("/reserved_addrs").body().findValuesAsText("id")).isEqualTo(ids);
  }

  @Test
  void leadsThroughAllPagesByFullUrls() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, created("/reserved_addrs", "description", "d").id());
    }
    List<String> seen = new ArrayList<>();
    String next = "/reserved_addrs?limit=2&filter=obj.description%20%3D%3D%20%22d%22";
    int pages = 0;
    while (next != null) {
      JsonNode page = client.get(next).body();
      assertThat(page.get("reserved_addrs").size()).isLessThanOrEqualTo(2);
      page.get("reserved_addrs").forEach(item -> seen.add(item.get("id").asText()));
      next = page.get("next_page_uri").asText(null);
      assertThat(next == null || next.startsWith(simulator.url() + "/reserved_addrs?")).isTrue();
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void givesAHundredItemsAPageUnlessToldOtherwise() {
    for (int i = 0; i < 101; i++) {
      created("/reserved_addrs");
    }
    JsonNode page = client.get("/reserved_addrs").body();
    assertThat(page.get("reserved_addrs")).hasSize(100);
    assertThat(page.get("uri").asText()).isEqualTo(simulator.url() + "/reserved_addrs");
    assertThat(client.get(page.get("next_page_uri").asText()).body().get("reserved_addrs"))
        .hasSize(1);
  }

  @Test
  void endsAnEmptyListWithAnExplicitNull() {
    JsonNode page = client.get("/vaults").body();
    assertThat(page.get("vaults")).isEmpty();
    assertThat(page.get("next_page_uri").isNull()).isTrue();
  }
}
