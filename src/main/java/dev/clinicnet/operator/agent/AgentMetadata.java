package dev.clinicnet.operator.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.config.JsonBuffers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an agent's session says about its file. ngrok returns the text of {@code agent.metadata}
 * with the session (documented, at most 4096 characters).
 *
 * @param clinic {@code namespace/name}
 * @param siteKit the {@link AgentConfig#configHash} of the installed file
 */
public record AgentMetadata(String clinic, String instance, String siteKit) {

  private static final ObjectMapper JSON =
      new ObjectMapper(JsonBuffers.factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public AgentMetadata {
    Objects.requireNonNull(clinic, "clinic");
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(siteKit, "siteKit");
  }

  /** The text for the file, always the same for the same values. */
  public String toJson() {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("clinic", clinic);
    json.put("instance", instance);
    json.put("siteKit", siteKit);
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings always have a JSON form", e);
    }
  }

  /**
   * Reads the metadata of a session. It is empty for other agents of the account, which may have
   * any metadata, or null.
   */
  public static Optional<AgentMetadata> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      JsonNode clinic = json.path("clinic");
      JsonNode instance = json.path("instance");
      JsonNode siteKit = json.path("siteKit");
      return clinic.isTextual() && instance.isTextual() && siteKit.isTextual()
          ? Optional.of(
              new AgentMetadata(clinic.textValue(), instance.textValue(), siteKit.textValue()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
