package dev.clinicnet.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks that the policies at ngrok keep out the right clients. */
final class PolicyChecks {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DATABASE = "patient-db";
  private static final String API = "rest-api";
  private static final List<String> PHASES =
      List.of("on_tcp_connect", "on_http_request", "on_http_response");
  private static final Set<String> TERMINATING =
      Set.of("forward-internal", "deny", "custom-response", "close-connection");

  private final Map<String, JsonNode> policies = new TreeMap<>();

  PolicyChecks(Map<String, String> policiesByURL) {
    policiesByURL.forEach((url, text) -> policies.put(url, parse(text)));
  }

  List<DemoCheck> all(Snapshot manifests) {
    String databaseURL = manifests.service(DATABASE).getStatus().publicURL();
    String apiURL = manifests.service(API).getStatus().publicURL();
    List<String> database = actions(databaseURL);
    List<String> open = policies.keySet().stream().filter(url -> !endsInTermination(url)).toList();
    return List.of(
        DemoCheck.equal(
            "the database's policy restricts addresses before it forwards",
            List.of("restrict-ips", "forward-internal"),
            database),
        DemoCheck.that(
            "the API's policy denies whatever is not under /api",
            deniesUnlisted(apiURL),
            "its actions are " + actions(apiURL)),
        DemoCheck.that(
            "every policy ends in a terminating action", open.isEmpty(), "these do not: " + open));
  }

  private List<JsonNode> rules(String url) {
    List<JsonNode> rules = new ArrayList<>();
    for (String phase : PHASES) {
      policies.getOrDefault(url, JSON.createObjectNode()).path(phase).forEach(rules::add);
    }
    return rules;
  }

  private List<String> actions(String url) {
    List<String> types = new ArrayList<>();
    for (JsonNode rule : rules(url)) {
      rule.path("actions").forEach(action -> types.add(action.path("type").asText()));
    }
    return types;
  }

  /** Whether the forwarding rule requires /api, and the rule after it denies everything. */
  private boolean deniesUnlisted(String url) {
    List<JsonNode> rules = rules(url);
    boolean forwardsWithCondition = false;
    for (JsonNode rule : rules) {
      for (JsonNode action : rule.path("actions")) {
        if (action.path("type").asText().equals("forward-internal")) {
          if (!rule.path("expressions").toString().contains("/api")) {
            return false;
          }
          forwardsWithCondition = true;
        }
      }
    }
    return forwardsWithCondition
        && actions(url).get(actions(url).size() - 1).equals("deny")
        && endsInTermination(url);
  }

  private boolean endsInTermination(String url) {
    List<JsonNode> rules = rules(url);
    if (rules.isEmpty()) {
      return false;
    }
    JsonNode last = rules.get(rules.size() - 1);
    JsonNode actions = last.path("actions");
    return last.path("expressions").isEmpty()
        && TERMINATING.contains(actions.path(actions.size() - 1).path("type").asText());
  }

  private static JsonNode parse(String policy) {
    try {
      return JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new DemoFailure(List.of("A traffic policy in the account is no JSON."));
    }
  }
}
