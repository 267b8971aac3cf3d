package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code GET /self}: the account, the caller's key and the key's user. Captured samples in the
 * documentation show it, and no reference does. It is assumed that the key is null where an access
 * token asks.
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
    Caller caller = account.caller();
    if (caller.key() == null) {
      view.putNull("api_key");
    } else {
      view.putObject("api_key").put("id", caller.key()).put("owner_id", caller.id());
    }
    view.putObject("user").put("id", caller.id());
    return view;
  }
}
