package dev.clinicnet.operator.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.testkit.OperatorAgent;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One request of the operator in an API server's audit log.
 *
 * @param right the used right; its role is empty if the cluster grants it to everybody
 * @param refusal the message if a right was missing; otherwise null
 * @param created whether a patch has created its object, which also needs the right to create
 */
record AuditLine(Right right, String refusal, boolean created) {
  private static final int CREATED = 201;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern BY_OUR_ROLE =
      Pattern.compile(
          "RBAC: allowed by .* of (?:(ClusterRole|Role) \"clinic-operator\"|Role \"("
              + GrantedRights.DNS_ENDPOINTS
              + "|"
              + GrantedRights.FLEET_PAGE
              + ")\"|ClusterRole \"clinic-operator-("
              + GrantedRights.FLEET_PAGE
              + ")\") .*");

  /** The request; empty when it is from somebody else, or when another line has it. */
  static Optional<AuditLine> parse(String line) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a line of an audit log: " + line, e);
    }
    if (!isOperator(event.path("userAgent").asText()) || !counts(event)) {
      return Optional.empty();
    }
    JsonNode annotations = event.path("annotations");
    boolean refused = annotations.path("authorization.k8s.io/decision").asText().equals("forbid");
    return Optional.of(
        new AuditLine(
            right(role(annotations.path("authorization.k8s.io/reason").asText()), event),
            refused ? event.path("responseStatus").path("message").asText() : null,
            event.path("verb").asText().equals("patch")
                && event.path("responseStatus").path("code").asInt() == CREATED));
  }

  /** Whether the cluster grants it to everybody who has logged in. */
  boolean isForEverybody() {
    return refusal == null && right.role().isEmpty();
  }

  /** Tests that only try the rights call themselves something else. */
  private static boolean isOperator(String userAgent) {
    return userAgent.equals(OperatorAgent.NAME) || userAgent.startsWith(OperatorAgent.NAME + "/");
  }

  /** The log also has the begin of a watch, whose end may come after the end of the log. */
  private static boolean counts(JsonNode event) {
    boolean begun = event.path("stage").asText().equals("ResponseStarted");
    boolean watch =
        event.path("verb").asText().equals("watch")
            && event.path("responseStatus").path("code").asInt() < 400;
    return begun == watch;
  }

  private static String role(String reason) {
    Matcher matcher = BY_OUR_ROLE.matcher(reason);
    if (!matcher.matches()) {
      return "";
    }
    return Stream.of(1, 2, 3)
        .map(matcher::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static Right right(String role, JsonNode event) {
    JsonNode object = event.path("objectRef");
    String resource = object.path("resource").asText();
    String subresource = object.path("subresource").asText();
    return new Right(
        role,
        object.path("apiGroup").asText(),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        event.path("verb").asText(),
        object.path("name").asText());
  }
}
