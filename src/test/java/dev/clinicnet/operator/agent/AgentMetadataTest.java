package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.policy.PolicyBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentMetadataTest {

  private static final AgentEndpoint ENDPOINT =
      new AgentEndpoint("a", "https://a.c.internal", "http://10.0.0.1", null, null);

  @Test
  void readsWhatItWrites() {
    AgentMetadata metadata = new AgentMetadata("ns/c", "in\"st\u2028ance", "0123456789abcdef");
    assertThat(AgentMetadata.parse(metadata.toJson())).contains(metadata);
    assertThat(new AgentMetadata("ns/c", "prod", "ab").toJson())
        .isEqualTo(
            """
            {"clinic":"ns/c","instance":"prod","siteKit":"ab"}""");
  }

  @Test
  void toleratesMembersOfALaterVersion() {
    assertThat(
            AgentMetadata.parse(
                """
                {"clinic":"ns/c","new":[1],"instance":"prod","siteKit":"ab"}"""))
        .contains(new AgentMetadata("ns/c", "prod", "ab"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "null",
        "3",
        "[]",
        "{}",
        "{\"clinic\":\"ns/c\",\"instance\":\"prod\"}",
        "{\"clinic\":\"ns/c\",\"instance\":\"prod\",\"siteKit\":7}",
        "{\"clinic\":\"ns/c\",\"instance\":\"prod\",\"siteKit\":\"ab\"} x"
      })
  void isEmptyForForeignText(String text) {
    assertThat(AgentMetadata.parse(text)).isEmpty();
  }

  @Test
  void theHashIsOfTheFilesMetadataAndHidesTheToken() {
    AgentConfig config = Configs.clinic1();
    String inFile = AgentConfigReader.read(AgentFile.text(config)).metadata();
    assertThat(AgentMetadata.parse(inFile)).contains(config.metadata());
    assertThat(config.metadata().siteKit()).isEqualTo(config.configHash());
  }

  @Test
  void theHashChangesWithThePasswordAndIsTakenOverItsFingerprint() {
    AgentConfig config = config("n/c", "N", "i", "c.internal", "t", null, false, "api.example.com");
    AgentConfig other =
        new AgentConfig(
            "n/c",
            "N",
            "i",
            "c.internal",
            new Token("t"),
            null,
            SiteNetwork.OPEN,
            false,
            List.of(ENDPOINT),
            new AgentAPIAccess("api.example.com", new AgentPassword("b".repeat(43))));

    assertThat(config.configHash()).isNotEqualTo(other.configHash());
    assertThat(ConfigTree.withoutSecret(config).canonicalText())
        .contains("basic-auth", "clinic-operator:")
        .doesNotContain(Configs.PASSWORD);
  }

  @Test
  void theHashIgnoresTheTokenAndTheDisplayNameAndTheOrderOnly() {
    String hash = config("n/c", "N", "i", "c.internal", "t", null, false, null).configHash();
    assertThat(hash).matches("[0-9a-f]{16}");
    assertThat(config("n/c", "N", "i", "c.internal", "other", null, false, null).configHash())
        .isEqualTo(hash);
    assertThat(config("n/c", "Other", "i", "c.internal", "t", null, false, null).configHash())
        .isEqualTo(hash);

    Map<String, String> others = new LinkedHashMap<>();
    others.put("same", hash);
    others.put(
        "clinic", config("n/d", "N", "i", "c.internal", "t", null, false, null).configHash());
    others.put(
        "instance", config("n/c", "N", "j", "c.internal", "t", null, false, null).configHash());
    others.put(
        "connect", config("n/c", "N", "i", "c.internal", "t", "x:443", false, null).configHash());
    others.put(
        "redundant", config("n/c", "N", "i", "c.internal", "t", null, true, null).configHash());
    others.put("api", config("n/c", "N", "i", "c.internal", "t", null, false, "h.x").configHash());
    others.put(
        "domain", config("n/c", "N", "i", "d.internal", "t", null, false, "h.x").configHash());
    others.put("none", endpoints().configHash());
    others.put("name", endpoints(new AgentEndpoint("b", "u", "up", null, null)).configHash());
    others.put("url", endpoints(new AgentEndpoint("b", "v", "up", null, null)).configHash());
    others.put("upstream", endpoints(new AgentEndpoint("b", "u", "uq", null, null)).configHash());
    others.put(
        "protocol", endpoints(new AgentEndpoint("b", "u", "up", "http2", null)).configHash());
    others.put(
        "policy",
        endpoints(new AgentEndpoint("b", "u", "up", null, PolicyBuilder.agentPaths(List.of("/a"))))
            .configHash());
    others.put(
        "two", endpoints(ENDPOINT, new AgentEndpoint("b", "u", "up", null, null)).configHash());
    assertThat(others.values()).doesNotHaveDuplicates();
    assertThat(endpoints(new AgentEndpoint("b", "u", "up", null, null), ENDPOINT).configHash())
        .isEqualTo(others.get("two"));
  }

  private static AgentConfig endpoints(AgentEndpoint... endpoints) {
    return new AgentConfig(
        "n/c",
        "N",
        "i",
        "c.internal",
        new Token("t"),
        null,
        SiteNetwork.OPEN,
        false,
        List.of(endpoints),
        null);
  }

  private static AgentConfig config(
      String clinic,
      String displayName,
      String instance,
      String domain,
      String token,
      String connectURL,
      boolean redundant,
      String apiHost) {
    return new AgentConfig(
        clinic,
        displayName,
        instance,
        domain,
        new Token(token),
        connectURL,
        SiteNetwork.OPEN,
        redundant,
        List.of(ENDPOINT),
        apiHost == null ? null : new AgentAPIAccess(apiHost, new AgentPassword(Configs.PASSWORD)));
  }
}
