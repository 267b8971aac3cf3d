package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.edge.OnlineEndpoint;
import dev.clinicnet.simulator.edge.Upstream;
import dev.clinicnet.simulator.traffic.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Cloud endpoints. Lists also have the endpoints of agents, which the API cannot write. */
final class Endpoints extends WritableResource {
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.ENDPOINT_DESCRIPTION, SimulatorError.ENDPOINT_METADATA);

  private final CloudEndpointRules rules;
  private final PolicyCheck policies;

  Endpoints(
      Account account, ReservedDomains domains, ReservedAddrs addresses, PolicyCheck policies) {
    super(
        account,
        "endpoints",
        "ep",
        "endpoints",
        Set.of(
            "id",
            "created_at",
            "description",
            "metadata",
            "principal.id",
            "type",
            "binding",
            "bindings",
            "url",
            "pooling_enabled",
            "scheme",
            "region",
            "name"));
    this.policies = policies;
    this.rules = new CloudEndpointRules(account, domains, addresses, new OnlineEndpoints(table));
    domains.referencedBy(
        id -> table.any(row -> OnlineEndpoints.isCloud(row) && row.text("domain").equals(id)));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("url", "type", "traffic_policy", "description", "metadata")
        .stringList("bindings")
        .bool("pooling_enabled");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("url", "traffic_policy", "description", "metadata")
        .stringList("bindings")
        .bool("pooling_enabled");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    if (!Set.of("", "cloud").contains(body.path("type").asText(""))) {
      throw SimulatorError.ENDPOINT_TYPE.with(body.get("type").asText());
    }
    if (body.path("url").asText("").isEmpty()) {
      throw SimulatorError.ENDPOINT_FIELD_MISSING.with("url");
    }
    requirePolicy(body);
    LIMITS.check(body);
    ObjectNode fields = body.deepCopy();
    fields.put("type", "cloud");
    if (fields.path("bindings").isEmpty()) {
      fields.set("bindings", Json.array(List.of("public")));
    }
    if (!fields.has("pooling_enabled")) {
      fields.put("pooling_enabled", false);
    }
    complete(fields, "");
    long cloud = table.all().stream().filter(OnlineEndpoints::isCloud).count();
    account.requireRoom(path(), Math.toIntExact(cloud), SimulatorError.ENDPOINT_LIMIT);
    fields.put("updated_at", Json.time(account.now()));
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    requireCloud(row);
    if (body.isEmpty()) {
      throw SimulatorError.ENDPOINT_EMPTY_UPDATE.with();
    }
    if (body.has("traffic_policy")) {
      requirePolicy(body);
    }
    LIMITS.check(body);
    ObjectNode fields = row.fields().deepCopy();
    fields.setAll(body);
    if (fields.path("bindings").isEmpty()) {
      fields.set("bindings", Json.array(List.of("public")));
    }
    if (body.has("url")) {
      CloudEndpointRules.requireSameScheme(row.text("scheme"), body.get("url").asText());
    }
    complete(fields, row.id());
    fields.put("updated_at", Json.time(account.now()));
    row.fields().removeAll();
    merge(row, fields);
  }

  @Override
  void beforeDelete(Row row) {
    requireCloud(row);
  }

  /** Puts an endpoint of an agent into the list. */
  Row online(ObjectNode fields) {
    fields.put("updated_at", Json.time(account.now()));
    return store(fields);
  }

  void offline(String sessionId) {
    table.removeIf(row -> row.text("tunnel_session").equals(sessionId));
  }

  /** The endpoints that traffic can reach, with the targets of those of agents. */
  List<OnlineEndpoint> online(Function<Row, Upstream> upstreams) {
    return table.all().stream()
        .filter(row -> !binding(row).equals("kubernetes"))
        .map(row -> traffic(row, upstreams))
        .toList();
  }

  private static OnlineEndpoint traffic(Row row, Function<Row, Upstream> upstreams) {
    String hostport = row.text("hostport");
    int colon = hostport.lastIndexOf(':');
    return new OnlineEndpoint(
        new Endpoint(row.id(), row.text("url"), row.text("traffic_policy")),
        row.text("scheme"),
        hostport.substring(0, colon),
        Integer.parseInt(hostport.substring(colon + 1)),
        binding(row).equals("internal"),
        OnlineEndpoints.isCloud(row) ? Optional.empty() : Optional.of(upstreams.apply(row)));
  }

  static String binding(Row row) {
    return row.fields().path("bindings").path(0).asText();
  }

  private List<String> shownBindings(Row row) {
    return Json.strings(row.fields().path("bindings")).stream()
        .map(account.behaviour()::shown)
        .toList();
  }

  Table rows() {
    return table;
  }

  @Override
  Set<String> listQuery() {
    return Set.of("before_id", "limit", "filter", "id", "url");
  }

  @Override
  Set<String> repeatable() {
    return Set.of("id", "url");
  }

  @Override
  List<Row> listed(ApiRequest request) {
    Set<String> ids = new HashSet<>(request.query().getOrDefault("id", List.of()));
    Set<String> urls = new HashSet<>(request.query().getOrDefault("url", List.of()));
    return table.all().stream()
        .filter(row -> ids.isEmpty() || ids.contains(row.id()))
        .filter(row -> urls.isEmpty() || urls.contains(row.text("url")))
        .toList();
  }

  @Override
  ObjectNode filterView(Row row, String base) {
    ObjectNode view = show(row, base);
    view.put("scheme", row.text("scheme"));
    view.put("binding", account.behaviour().shown(binding(row)));
    return view;
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    if (!OnlineEndpoints.isCloud(row)) {
      view.remove("uri");
    }
    view.put("updated_at", row.text("updated_at"));
    view.put("type", row.text("type"));
    view.put("proto", row.text("scheme"));
    view.put("url", row.text("url"));
    view.put("public_url", row.text("url"));
    view.put("hostport", row.text("hostport"));
    view.set("bindings", Json.array(shownBindings(row)));
    view.put("pooling_enabled", row.flag("pooling_enabled"));
    copyPresent(
        row,
        view,
        "name",
        "description",
        "metadata",
        "traffic_policy",
        "upstream_url",
        "upstream_protocol",
        "region");
    ref(row, view, "domain", base, "reserved_domains");
    ref(row, view, "tcp_addr", base, "reserved_addrs");
    ref(row, view, "tunnel", base, "tunnels");
    ref(row, view, "tunnel_session", base, "tunnel_sessions");
    if (!row.text("principal").isEmpty()) {
      view.set("principal", Json.ref(row.text("principal"), ""));
    }
    return view;
  }

  @Override
  boolean isKept(ObjectNode shown) {
    return shown.path("type").asText().equals("cloud");
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    fields.set("scheme", fields.remove("proto"));
    for (String reference : List.of("domain", "tcp_addr", "principal")) {
      storeReference(fields, reference, reference);
    }
    return fields;
  }

  private static void ref(Row row, ObjectNode view, String name, String base, String path) {
    String id = row.text(name);
    if (!id.isEmpty()) {
      view.set(name, Json.ref(id, base + "/" + path + "/" + id));
    }
  }

  private void complete(ObjectNode fields, String self) {
    EndpointUrl url = rules.check(fields, self);
    policies.check(fields.get("traffic_policy").asText(), url, true);
  }

  private static void requirePolicy(JsonNode body) {
    if (body.path("traffic_policy").asText("").isBlank()) {
      throw SimulatorError.ENDPOINT_POLICY_MISSING.with();
    }
  }

  private static void requireCloud(Row row) {
    if (!OnlineEndpoints.isCloud(row)) {
      throw SimulatorError.ENDPOINT_TYPE.with(row.text("type"));
    }
  }
}
