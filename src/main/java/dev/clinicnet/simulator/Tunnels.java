package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The older view of the endpoints that agents hold: their answers refer to it. */
final class Tunnels {
  private static final String PATH = "/tunnels";

  private final Endpoints endpoints;

  Tunnels(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PATH, this::list).withQuery(Set.of("before_id", "limit"), Set.of()),
        Route.of("GET", PATH + "/{id}", this::get).withId("tn"));
  }

  private ApiResponse list(ApiRequest request) {
    List<Row> rows = all().all();
    return ApiResponse.ok(Page.of(request, "tunnels", rows, row -> show(row, request.base())));
  }

  private ApiResponse get(ApiRequest request) {
    return ApiResponse.ok(show(all().get(request.id()), request.base()));
  }

  private Table all() {
    Table tunnels = new Table();
    for (Row row : endpoints.rows().all()) {
      if (!row.text("tunnel").isEmpty()) {
        ObjectNode fields = row.fields().deepCopy().put("endpoint", row.id());
        tunnels.add(new Row(row.text("tunnel"), row.createdAt(), fields));
      }
    }
    return tunnels;
  }

  private static ObjectNode show(Row row, String base) {
    ObjectNode view =
        Json.object()
            .put("id", row.id())
            .put("public_url", row.text("url"))
            .put("started_at", Json.time(row.createdAt()))
            .put("proto", row.text("scheme"))
            .put("region", "us")
            .put("forwards_to", row.text("upstream_url"));
    Resource.copyPresent(row, view, "metadata");
    String session = row.text("tunnel_session");
    String endpoint = row.text("endpoint");
    view.set("tunnel_session", Json.ref(session, base + "/tunnel_sessions/" + session));
    view.set("endpoint", Json.ref(endpoint, base + "/endpoints/" + endpoint));
    return view;
  }
}
