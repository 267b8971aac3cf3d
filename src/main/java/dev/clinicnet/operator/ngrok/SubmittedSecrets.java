package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The secrets inside a request's traffic policy. The platform quotes the value that it refuses, and
 * a refused value can be a password.
 */
final class SubmittedSecrets {
  private static final Set<String> SECRET_MEMBERS =
      Set.of("client_secret", "credentials", "password", "secret", "server_private_key");

  private SubmittedSecrets() {}

  /** The secrets in the body of a request; empty where it has no traffic policy in JSON. */
  static List<String> in(JsonNode body, ObjectMapper json) {
    JsonNode policy = body.path("traffic_policy");
    List<String> secrets = new ArrayList<>();
    if (policy.isTextual()) {
      try {
        collect(json.readTree(policy.textValue()), false, secrets);
      } catch (JsonProcessingException e) {
        // Not JSON: then it is the platform that says what is wrong with it, and we know no secret.
        return List.of();
      }
    }
    return List.copyOf(secrets);
  }

  private static void collect(JsonNode node, boolean secret, List<String> secrets) {
    if (node.isTextual() && secret) {
      String text = node.textValue();
      secrets.add(text);
      // Basic-auth credentials are user:password.
      secrets.add(text.substring(text.indexOf(':') + 1));
    }
    if (node.isArray()) {
      node.forEach(element -> collect(element, secret, secrets));
    }
    node.properties()
        .forEach(
            member ->
                collect(
                    member.getValue(),
                    secret || SECRET_MEMBERS.contains(member.getKey()),
                    secrets));
  }
}
