package dev.clinicnet.operator.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedEndpoint;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedTermination;
import dev.clinicnet.operator.certificate.PrivateKeyText;
import dev.clinicnet.operator.ngrok.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads an {@code ngrok.yml} strictly: it refuses a key that format version 3 does not have and a
 * value of the wrong type, and names the key. The deprecated {@code tunnels} are refused too.
 */
public final class AgentConfigReader {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // The message of the YAML reader must not quote the line that it failed on.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private AgentConfigReader() {}

  /**
   * Reads the text of a file.
   *
   * @throws IllegalArgumentException whose message names the wrong key, and no value
   */
  public static ParsedConfig read(String text) {
    JsonNode file = parse(text);
    ConfigFormat.check(file);
    JsonNode agent = file.get("agent");
    List<String> hosts = new ArrayList<>();
    agent.path("web_allow_hosts").forEach(host -> hosts.add(host.textValue()));
    String authtoken = agent.path("authtoken").textValue();
    return new ParsedConfig(
        authtoken == null ? null : new Token(authtoken),
        agent.path("connect_url").textValue(),
        agent.has("proxy_url") ? AgentProxy.parse(agent.get("proxy_url").textValue()) : null,
        agent.path("metadata").textValue(),
        agent.path("web_addr").textValue(),
        agent.path("web_addr").isBoolean(),
        hosts,
        endpoints(file.path("endpoints")));
  }

  private static List<ParsedEndpoint> endpoints(JsonNode list) {
    List<ParsedEndpoint> endpoints = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode endpoint : list) {
      String name = endpoint.get("name").textValue();
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "endpoints[%d].name is used twice; names must differ".formatted(endpoints.size()));
      }
      JsonNode upstream = endpoint.get("upstream");
      endpoints.add(
          new ParsedEndpoint(
              name,
              endpoint.path("url").textValue(),
              upstream.get("url").textValue(),
              upstream.path("protocol").textValue(),
              endpoint.path("pooling_enabled").booleanValue(),
              endpoint.has("traffic_policy")
                  ? YAML.convertValue(endpoint.get("traffic_policy"), TREE)
                  : null,
              termination(endpoint.path("agent_tls_termination"))));
    }
    return endpoints;
  }

  private static ParsedTermination termination(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    List<String> clientCAs = new ArrayList<>();
    node.path("mutual_tls_certificate_authorities").forEach(ca -> clientCAs.add(ca.textValue()));
    return new ParsedTermination(
        node.path("server_certificate").asText(),
        new PrivateKeyText(node.path("server_private_key").asText()),
        clientCAs);
  }

  private static JsonNode parse(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      // The cause is left out, because its message quotes the file, which holds a token.
      throw new IllegalArgumentException(
          "the file is not valid YAML%s"
              .formatted(
                  e.getLocation() == null ? "" : ", see line " + e.getLocation().getLineNr()));
    } catch (YAMLException e) {
      throw new IllegalArgumentException("the file is not valid YAML");
    }
  }
}
