package dev.clinicnet.operator.agent;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgentFileTest {

  private static final int SEEDS = 300;
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void clinic1IsTheGoldenFile() throws IOException {
    assertCurrent(
        Path.of("src/test/resources/agent/clinic1.ngrok.yml"), AgentFile.text(Configs.clinic1()));
  }

  @Test
  void everyFileReadsBackAsTheSameValues() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      AgentConfig config = Configs.random(new Random(seed));
      String text = AgentFile.text(config);
      ConfigTree tree = ConfigTree.of(config, config.configHash());

      Map<String, Object> read = YAML.readValue(text, new TypeReference<Map<String, Object>>() {});
      assertThat(read)
          .as("seed %d", seed)
          .isEqualTo(Map.of("version", 3, "agent", tree.agent(), "endpoints", tree.endpoints()));
      ParsedConfig parsed = AgentConfigReader.read(text);
      assertThat(parsed).isEqualTo(expected(config, parsed.authtoken()));
      assertThat(parsed.authtoken().reveal()).isEqualTo(config.authtoken().reveal());
    }
  }

  @Test
  void aDisplayNameStaysOnItsCommentLine() {
    for (int seed = 0; seed < SEEDS; seed++) {
      AgentConfig config = Configs.random(new Random(seed));
      String plain = AgentFile.text(withDisplayName(config, "x"));
      String text = AgentFile.text(config);
      List<String> lines = text.lines().toList();

      assertThat(lines).as("seed %d", seed).hasSize((int) plain.lines().count());
      assertThat(lines.get(0)).startsWith("# ngrok agent configuration of ");
      assertThat(lines.subList(1, lines.size())).isEqualTo(plain.lines().skip(1).toList());
      assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n]]");
    }
  }

  @Test
  void nothingIsCapturedAndTheAPIIsOffUnlessUsed() {
    AgentConfig config = withoutAgentAPI(Configs.clinic1());
    assertThat(AgentFile.text(config))
        .contains("  inspect_db_size: -1\n", "  web_addr: false\n")
        .doesNotContain("web_allow_hosts", "agent-api", "4040");
  }

  @Test
  void aPairOfAgentsPoolsEveryEndpoint() {
    AgentConfig pair = redundant(Configs.clinic1());
    assertThat(AgentConfigReader.read(AgentFile.text(pair)).endpoints())
        .hasSize(4)
        .allMatch(ParsedConfig.ParsedEndpoint::poolingEnabled);
  }

  @Test
  void refusesTwoEndpointsOfOneNameOrURL() {
    AgentConfig config = Configs.clinic1();
    AgentEndpoint api = new AgentEndpoint("agent-api", "https://x.internal", "80", null, null);
    AgentEndpoint twin =
        new AgentEndpoint("twin", "https://rest-api.clinic1.internal", "80", null, null);

    assertThatThrownBy(() -> withEndpoint(config, api)).hasMessageContaining("\"agent-api\"");
    assertThatThrownBy(() -> withEndpoint(config, twin))
        .hasMessageContaining("\"https://rest-api.clinic1.internal\"");
    assertThat(withEndpoint(withoutAgentAPI(config), api).allEndpoints()).hasSize(4);
  }

  @Test
  void theTokenIsNotPrinted() {
    assertThat(Configs.clinic1().toString()).doesNotContain(Configs.TOKEN);
    assertThat(AgentConfigReader.read(AgentFile.text(Configs.clinic1())).toString())
        .doesNotContain(Configs.TOKEN);
  }

  @Test
  void thePasswordIsAskedForFirstAndNotPrinted() {
    AgentConfig config = Configs.clinic1();
    ParsedConfig parsed = AgentConfigReader.read(AgentFile.text(config));

    assertThat(parsed.endpoints().get(0).trafficPolicy().toString())
        .startsWith("{on_http_request=[{name=ask for the password, actions=[{type=basic-auth")
        .contains("clinic-operator:" + Configs.PASSWORD);
    assertThat(parsed.endpoints().subList(1, 4)).allMatch(e -> e.trafficPolicy() == null);
    assertThat(config.toString() + config.allEndpoints() + parsed).doesNotContain(Configs.PASSWORD);
    assertThat(InstallGuide.text(config, "") + HelpText.text(config, ""))
        .doesNotContain(Configs.PASSWORD);
  }

  static AgentConfig withEndpoint(AgentConfig c, AgentEndpoint endpoint) {
    List<AgentEndpoint> endpoints = new ArrayList<>(c.endpoints());
    endpoints.add(endpoint);
    return with(c, c.displayName(), c.redundant(), endpoints, c.api());
  }

  static AgentConfig withoutAgentAPI(AgentConfig c) {
    return with(c, c.displayName(), c.redundant(), c.endpoints(), null);
  }

  static AgentConfig redundant(AgentConfig c) {
    return with(c, c.displayName(), true, c.endpoints(), c.api());
  }

  static AgentConfig withDisplayName(AgentConfig c, String displayName) {
    return with(c, displayName, c.redundant(), c.endpoints(), c.api());
  }

  private static AgentConfig with(
      AgentConfig c,
      String displayName,
      boolean redundant,
      List<AgentEndpoint> endpoints,
      AgentAPIAccess api) {
    return new AgentConfig(
        c.clinic(),
        displayName,
        c.instance(),
        c.internalDomain(),
        c.authtoken(),
        c.connectURL(),
        c.network(),
        redundant,
        endpoints,
        api);
  }

  private static Optional<TrafficPolicy> policy(AgentEndpoint endpoint) {
    return endpoint.password() == null
        ? Optional.ofNullable(endpoint.trafficPolicy())
        : Optional.of(
            PolicyBuilder.behindPassword(
                endpoint.trafficPolicy(), "clinic-operator", endpoint.password().reveal()));
  }

  /** Tokens have no equality: the caller compares them. */
  private static ParsedConfig expected(AgentConfig config, Token authtoken) {
    boolean usesAPI = config.api() != null;
    return new ParsedConfig(
        authtoken,
        config.connectURL(),
        config.network().proxy(),
        config.metadata().toJson(),
        usesAPI ? "localhost:4040" : null,
        !usesAPI,
        usesAPI ? List.of(config.api().host()) : List.of(),
        config.allEndpoints().stream()
            .map(
                e ->
                    new ParsedConfig.ParsedEndpoint(
                        e.name(),
                        e.url(),
                        e.upstreamURL(),
                        e.upstreamProtocol(),
                        config.redundant(),
                        policy(e).map(TrafficPolicy::tree).orElse(null),
                        null))
            .toList());
  }
}
