package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockNote;
import dev.clinicnet.operator.ngrok.SecretValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must hold of the second locks at every moment: who comes through a public endpoint opens the
 * lock that the agent behind it demands. And in the end, every lock that is asked for is demanded.
 */
final class Locks {
  private static final String HEADER = "clinicnet-internal-lock";
  private static final Pattern REFERENCE =
      Pattern.compile("secrets\\.get\\('([^']+)', ?'([^']+internal_lock)'\\)");

  private final World world;

  Locks(World world) {
    this.world = world;
  }

  /** Judges the account after a change. */
  void check(String after) {
    List<JsonNode> endpoints = world.platform().all("endpoints");
    for (JsonNode endpoint : endpoints) {
      List<String> admitted = admitted(endpoint);
      if (!admitted.isEmpty()) {
        String url = endpoint.path("url").asText();
        endpoints.stream()
            .filter(other -> forwards(other, url))
            .forEach(other -> check(other, admitted, after));
      }
    }
  }

  private void check(JsonNode open, List<String> admitted, String after) {
    Optional<String> sent = sent(open.path("traffic_policy").asText());
    if (sent.filter(admitted::contains).isEmpty()) {
      world
          .rules()
          .broken(
              "lock",
              "clients of %s are cut off, which sends %s, after %s"
                  .formatted(open.path("url").asText(), sent.orElse("no secret"), after));
    }
  }

  /** What somebody needs who dials a service past its public endpoint. */
  void judge(String clinic, Rules rules) {
    String url = "https://" + clinic + "-rest-api." + clinic + ".internal";
    List<JsonNode> bound =
        world.platform().all("endpoints").stream()
            .filter(row -> isAgents(row) && row.path("url").asText().equals(url))
            .toList();
    if (bound.isEmpty()) {
      rules.broken("lock", "no agent binds " + url);
    }
    for (JsonNode endpoint : bound) {
      String policy = endpoint.path("traffic_policy").asText();
      List<String> admitted = admitted(endpoint);
      if (admitted.isEmpty() || !policy.contains(HEADER) || !policy.contains("deny")) {
        rules.broken("lock", url + " is open for who dials it");
      }
      if (!admitted.stream().allMatch(policy::contains)) {
        rules.broken("lock", url + " says that it admits what it does not");
      }
    }
  }

  private static boolean isAgents(JsonNode endpoint) {
    return endpoint.has("tunnel_session");
  }

  private static List<String> admitted(JsonNode endpoint) {
    return isAgents(endpoint) ? LockNote.admitted(endpoint.path("metadata").asText()) : List.of();
  }

  private static boolean forwards(JsonNode endpoint, String url) {
    String policy = endpoint.path("traffic_policy").asText();
    return !isAgents(endpoint)
        && policy.contains("forward-internal")
        && policy.contains('"' + url + '"');
  }

  /** The hash of the secret that a public endpoint adds; empty if it adds none. */
  private Optional<String> sent(String policy) {
    Matcher reference = REFERENCE.matcher(policy);
    return policy.contains(HEADER) && reference.find()
        ? world
            .platform()
            .secret(reference.group(1), reference.group(2))
            .map(value -> LockKeys.hash(new SecretValue(value)))
        : Optional.empty();
  }
}
