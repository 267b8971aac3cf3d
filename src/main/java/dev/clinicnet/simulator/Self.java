package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Who the caller is, and the account. It follows the documented captures. No client of the platform
 * has it, so a test can take it away.
 */
final class Self {
  private static final String PATH = "/self";
  private static final String NAME = "simulated account";

  private final Account account;
  private final ApiKeys keys;
  private final String id;
  private final String createdAt;

  Self(Account account, ApiKeys keys) {
    this.account = account;
    this.keys = keys;
    this.id = account.ids().next("ac");
    this.createdAt = Json.time(account.now());
  }

  List<Route> routes() {
    return List.of(Route.of("GET", PATH, this::show));
  }

  private ApiResponse show(ApiRequest request) {
    if (!account.behaviour().hasSelf()) {
      return ApiResponse.unrouted(PATH);
    }
    ObjectNode self = Json.object();
    self.putObject("account")
        .put("created_at", createdAt)
        .put("enforce_sso", false)
        .put("id", id)
        .put("min_agent_version", "2.3.0")
        .put("min_api_version", 2)
        .put("name", NAME)
        .put("suspended", account.behaviour().isSuspended())
        .put("traffic_full_capture", account.behaviour().capturesEverything())
        .put("user_mfa_required", false);
    self.set("api_key", keys.shownOf(account.callerId(), request.base()));
    return ApiResponse.ok(self.put("user", NAME));
  }
}
