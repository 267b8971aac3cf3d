package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.inventory.Mark;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** The content of the ngrok account, for people. */
final class AccountTable {
  private final JsonNode state;
  private final TextTable table = new TextTable(List.of("KIND", "NAME", "MARKED FOR"));

  AccountTable(JsonNode state) {
    this.state = state;
  }

  List<String> lines() {
    rows("reserved_domains", "domain", row -> row.path("domain").asText());
    rows("reserved_addrs", "tcp address", row -> row.path("addr").asText());
    rows("service_users", "service user", row -> row.path("name").asText());
    rows("credentials", "credential", row -> words(row.path("acl")));
    rows("vault_secrets", "vault secret", row -> row.path("name").asText());
    endpoints("cloud", "cloud endpoint");
    endpoints("ephemeral", "agent endpoint");
    return table.lines();
  }

  private void rows(String resource, String kind, Function<JsonNode, String> what) {
    for (JsonNode row : state.path(resource)) {
      table.row(List.of(kind, what.apply(row), owner(row)));
    }
  }

  private void endpoints(String type, String kind) {
    for (JsonNode endpoint : state.path("endpoints")) {
      if (endpoint.path("type").asText().equals(type)) {
        table.row(List.of(kind, endpoint.path("url").asText(), owner(endpoint)));
      }
    }
  }

  private static String owner(JsonNode row) {
    return Mark.parse(row.path("metadata").asText(null))
        .map(mark -> mark.owner().map(owner -> owner.name()).orElse("shared"))
        .orElse("");
  }

  private static String words(JsonNode list) {
    StringJoiner words = new StringJoiner(" ");
    list.forEach(item -> words.add(item.asText()));
    return words.toString();
  }

  /** The number of requests by method and path. */
  static List<String> requests(JsonNode counts) {
    TextTable table = new TextTable(List.of("REQUEST", "TIMES"));
    for (Map.Entry<String, JsonNode> count : counts.properties()) {
      table.row(List.of(count.getKey(), count.getValue().asText()));
    }
    return table.lines();
  }
}
