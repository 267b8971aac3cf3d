package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The secrets inside a request: in its traffic policy, or the value of a vault secret. The platform
 * quotes a refused value in its message, and this value can be a password.
 */
final class SubmittedSecrets {
  private static final Set<String> SECRET_MEMBERS =
      Set.of("client_secret", "credentials", "password", "secret", "server_private_key");

  private SubmittedSecrets() {}

  /** The secrets in the body of a request; of a traffic policy, only if it is JSON. */
  static List<String> in(JsonNode body, ObjectMapper json) {
    JsonNode policy = body.path("traffic_policy");
    List<String> secrets = new ArrayList<>();
    collect(body.path("value"), true, secrets);
    if (policy.isTextual()) {
      try {
        collect(json.readTree(policy.textValue()), false, secrets);
      } catch (JsonProcessingException e) {
        // The text is not JSON. The platform says what is wrong with it, and no secret is known.
        return List.copyOf(secrets);
      }
    }
    return List.copyOf(secrets);
  }

  private static void collect(JsonNode node, boolean secret, List<String> secrets) {
    if (node.isTextual() && secret) {
      add(node.textValue(), secrets);
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

  private static void add(String text, List<String> secrets) {
    // Basic-auth credentials are user:password.
    for (String secret : List.of(text, text.substring(text.indexOf(':') + 1))) {
      secrets.add(secret);
      String quoted = TextNode.valueOf(secret).toString();
      // The form in which a message quotes the value.
      secrets.add(quoted.substring(1, quoted.length() - 1));
    }
  }
}
