package dev.clinicnet.operator.agentapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a request.
 *
 * @param platformCode the code of an error that comes from the platform and not from an agent; null
 *     when there is none
 */
record AgentAnswer(int status, String platformCode, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("ERR_NGROK_[0-9]{1,6}");

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the agent says that it does not have the object, or this part of the API. */
  boolean isAbsent() {
    return status == 404 && platformCode == null;
  }

  /** The body as a tree; missing when it is not JSON. */
  JsonNode tree() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The platform's error code that the agent passes on. */
  Optional<String> passedOnCode() {
    Matcher matcher = CODE.matcher(tree().path("details").path("err").asText(""));
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** The body is left out, because it can hold anything. */
  @Override
  public String toString() {
    return "AgentAnswer[" + status + ", " + platformCode + "]";
  }
}
