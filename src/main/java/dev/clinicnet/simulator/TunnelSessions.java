package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Sessions of connected agents; only those that are online are listed (documented). */
final class TunnelSessions extends Resource {
  private Consumer<String> stop = id -> {};
  private Consumer<String> restart = id -> {};
  private Consumer<String> update = id -> {};

  TunnelSessions(Account account) {
    super(
        account,
        "tunnel_sessions",
        "ts",
        "tunnel_sessions",
        Set.of(
            "id", "metadata", "agent_version", "ip", "os", "region", "started_at", "credential"));
  }

  void operatedBy(
      Consumer<String> stopSession,
      Consumer<String> restartSession,
      Consumer<String> updateSession) {
    this.stop = stopSession;
    this.restart = restartSession;
    this.update = updateSession;
  }

  Row online(String credential, AgentSelf agent) {
    ObjectNode fields = Json.object().put("credential", credential);
    agent.write(fields);
    Row row = new Row(account.ids().next(prefix()), account.now(), fields);
    table.add(row);
    return row;
  }

  /** The agent of a session that had gone offline has reconnected. */
  void again(Row session, AgentSelf agent) {
    agent.write(session.fields());
    table.add(session);
  }

  void offline(String id) {
    table.remove(id);
  }

  @Override
  boolean isKept(ObjectNode shown) {
    return false;
  }

  @Override
  List<Route> routes() {
    List<Route> routes = super.routes();
    BodySpec fields = BodySpec.strings("id");
    String one = "/" + path() + "/{id}";
    routes.add(
        operation(
            one + "/stop",
            fields,
            "stops",
            SimulatorError.STOP_UNSUPPORTED,
            id -> stop.accept(id)));
    routes.add(
        operation(
            one + "/restart",
            fields,
            "restarts",
            SimulatorError.RESTART_UNSUPPORTED,
            id -> restart.accept(id)));
    routes.add(
        operation(
            one + "/update",
            fields,
            "updates",
            SimulatorError.UPDATE_UNSUPPORTED,
            id -> update.accept(id)));
    return routes;
  }

  @Override
  ObjectNode render(Row row, String base) {
    String credential = row.text("credential");
    ObjectNode view =
        Json.object()
            .put("id", row.id())
            .put("uri", uri(base, row.id()))
            .put("agent_version", row.text("agent_version"))
            .put("ip", row.text("ip"))
            .put("os", row.text("os"))
            .put("region", "us")
            .put("started_at", Json.time(row.createdAt()))
            .put("transport", "ngrok/2");
    view.set("credential", Json.ref(credential, base + "/credentials/" + credential));
    copyPresent(row, view, "metadata");
    return view;
  }

  @Override
  ObjectNode filterView(Row row, String base) {
    return show(row, base).put("credential", row.text("credential"));
  }

  private Route operation(
      String pattern,
      BodySpec body,
      String ability,
      SimulatorError unsupported,
      Consumer<String> action) {
    return Route.of(
            "POST",
            pattern,
            request -> {
              Row row = table.get(request.id());
              request.bodyWithoutId();
              if (!row.flag(ability)) {
                throw unsupported.with();
              }
              action.accept(row.id());
              return ApiResponse.noContent();
            })
        .withId(prefix())
        .withOptionalBody(body);
  }
}
