package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One kind of object with the operations that all kinds have in common. */
abstract class Resource {
  private static final Set<String> PAGING = Set.of("before_id", "limit");

  final Account account;
  final Table table = new Table();
  private final String path;
  private final String prefix;
  private final String listKey;
  private final Set<String> filterable;

  /**
   * Describes the kind.
   *
   * @param filterable the documented filter fields; empty if the kind has no filter
   */
  Resource(Account account, String path, String prefix, String listKey, Set<String> filterable) {
    this.account = account;
    this.path = path;
    this.prefix = prefix;
    this.listKey = listKey;
    this.filterable = filterable;
  }

  String path() {
    return path;
  }

  String prefix() {
    return prefix;
  }

  /** The object as the platform answers it, without its URI. */
  abstract ObjectNode render(Row row, String base);

  /** Applies the changes that time alone brings. It runs before each operation. */
  void advance() {}

  void reset() {
    table.clear();
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.of("GET", "/" + path, this::list).withQuery(listQuery(), repeatable()));
    routes.add(Route.of("GET", "/" + path + "/{id}", this::get).withId(prefix));
    return routes;
  }

  Set<String> listQuery() {
    if (filterable.isEmpty()) {
      return PAGING;
    }
    return Set.of("before_id", "limit", "filter");
  }

  Set<String> repeatable() {
    return Set.of();
  }

  /** The rows that a list shows before its filter. */
  List<Row> listed(ApiRequest request) {
    return table.all();
  }

  /** The object for filters. Kinds add filterable members that are not rendered. */
  ObjectNode filterView(Row row, String base) {
    return show(row, base);
  }

  final ObjectNode show(Row row, String base) {
    return render(row, base);
  }

  final String uri(String base, String id) {
    return base + "/" + path + "/" + id;
  }

  /** Whether an object exists without an agent. */
  boolean isKept(ObjectNode shown) {
    return true;
  }

  /** The stored form of a shown object. Members that are not stored do no harm. */
  ObjectNode stored(ObjectNode shown) {
    return shown.deepCopy().without(List.of("id", "uri", "created_at"));
  }

  /** Restores an object from its shown form. */
  void restore(ObjectNode shown) {
    table.add(
        new Row(
            shown.get("id").asText(),
            Instant.parse(shown.get("created_at").asText()),
            stored(shown)));
  }

  /** Stores a reference as the id that it names. */
  static void storeReference(ObjectNode fields, String shown, String stored) {
    JsonNode reference = fields.remove(shown);
    if (reference != null && reference.hasNonNull("id")) {
      fields.set(stored, reference.get("id"));
    }
  }

  /** The members that every object starts with. */
  final ObjectNode head(Row row, String base) {
    return Json.object()
        .put("id", row.id())
        .put("uri", uri(base, row.id()))
        .put("created_at", Json.time(row.createdAt()));
  }

  /** Copies members that the platform leaves out when they are empty. */
  static void copyPresent(Row row, ObjectNode target, String... names) {
    for (String name : names) {
      if (!row.text(name).isEmpty()) {
        target.put(name, row.text(name));
      }
    }
  }

  /** Applies a PATCH: absent members stay, explicit empty ones clear. */
  static void merge(Row row, ObjectNode body) {
    row.fields().setAll(body);
  }

  final ArrayNode showAll(String base) {
    ArrayNode all = Json.array();
    table.all().forEach(row -> all.add(show(row, base)));
    return all;
  }

  private ApiResponse get(ApiRequest request) {
    return ApiResponse.ok(show(table.get(request.id()), request.base()));
  }

  private ApiResponse list(ApiRequest request) {
    Filter filter =
        request.query("filter") == null
            ? null
            : Filter.parse(
                request.query("filter"), filterable, account.clock(), account.behaviour());
    List<Row> rows = new ArrayList<>();
    for (Row row : listed(request)) {
      if (filter == null || filter.matches(filterView(row, request.base()))) {
        rows.add(row);
      }
    }
    return ApiResponse.ok(Page.of(request, listKey, rows, row -> show(row, request.base())));
  }
}
