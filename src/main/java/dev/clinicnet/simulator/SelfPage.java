package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code GET /self}: the account, the key and its user. Captured samples in the documentation show
 * it, and no reference does.
 */
final class SelfPage {
  private static final String PATH = "/self";

  private SelfPage() {}

  static Route route(Account account) {
    return Route.of(
        "GET",
        PATH,
        request ->
            account.state().self() ? ApiResponse.ok(view(account)) : ApiResponse.unrouted(PATH));
  }

  private static ObjectNode view(Account account) {
    ObjectNode view = Json.object();
    view.putObject("account")
        .put("id", account.id())
        .put("name", "simulated")
        .put("suspended", account.state().suspended())
        .put("traffic_full_capture", account.state().fullCapture())
        .put("min_agent_version", "3.0.0");
    view.putObject("api_key").put("owner_id", account.ownerId());
    view.putObject("user").put("id", account.ownerId());
    return view;
  }
}
