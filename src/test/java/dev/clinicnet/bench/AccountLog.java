package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many objects each list of an account had, and when it was read, from a moment on. */
final class AccountLog {
  private static final int CREATED = 201;
  private static final int DELETED = 204;

  private final Map<String, TreeMap<Instant, Integer>> sizes = new HashMap<>();
  private final Map<String, TreeSet<Instant>> pages = new HashMap<>();

  private AccountLog() {}

  /**
   * What the simulator's log says. Agents that come and go are not counted.
   *
   * @param first the objects of each list at the begin
   * @param entries the entries of the simulator's log since then
   */
  static AccountLog of(Map<Resource<?, ?, ?>, Integer> first, List<JsonNode> entries) {
    AccountLog log = new AccountLog();
    first.forEach(
        (resource, objects) -> {
          log.sizes.put(resource.path(), new TreeMap<>(Map.of(Instant.MIN, objects)));
          log.pages.put(resource.path(), new TreeSet<>());
        });
    entries.forEach(log::add);
    return log;
  }

  private void add(JsonNode entry) {
    String list = entry.path("path").asText().split("/", -1)[1];
    if (!sizes.containsKey(list)) {
      return;
    }
    Instant at = Instant.parse(entry.path("at").asText());
    int status = entry.path("status").asInt();
    switch (entry.path("method").asText()) {
      case "GET" -> pages.get(list).add(at);
      case "POST" -> put(list, at, status == CREATED ? 1 : 0);
      case "DELETE" -> put(list, at, status == DELETED ? -1 : 0);
      default -> {}
    }
  }

  private void put(String list, Instant at, int more) {
    TreeMap<Instant, Integer> objects = sizes.get(list);
    objects.put(at, objects.lastEntry().getValue() + more);
  }

  /** How many objects a list had at a moment. */
  int objects(Resource<?, ?, ?> resource, Instant at) {
    return sizes.get(resource.path()).floorEntry(at).getValue();
  }

  /** When pages of a list were asked for, from a moment until before another one. */
  NavigableSet<Instant> pages(Resource<?, ?, ?> resource, Instant from, Instant until) {
    return pages.get(resource.path()).subSet(from, true, until, false);
  }

  /** The objects of each list of the account as it is now. */
  static Map<Resource<?, ?, ?>, Integer> now(World world) {
    Map<Resource<?, ?, ?>, Integer> objects = new HashMap<>();
    Account.NEEDED.forEach(
        resource -> objects.put(resource, world.account().all(resource.path()).size()));
    return objects;
  }
}
