package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigReaderTest {

  private static final String FILE =
      """
      version: 3
      agent:
        authtoken: secret-token
        web_addr: false
      endpoints:
        - name: db
          url: tls://db.c.internal
          upstream:
            url: tcp://10.0.0.1:5432
          agent_tls_termination:
            server_certificate: /a.pem
          traffic_policy:
            on_tcp_connect:
              - name: first
                actions:
                  - type: log
                    config:
                      metadata: {anything: goes}
      """;

  @Test
  void readsEveryLevel() {
    ParsedConfig config = AgentConfigReader.read(FILE);
    assertThat(config.authtoken().reveal()).isEqualTo("secret-token");
    assertThat(config.webAddrOff()).isTrue();
    assertThat(config.endpoints()).hasSize(1);
    assertThat(config.endpoints().get(0).trafficPolicy()).containsOnlyKeys("on_tcp_connect");
  }

  @Test
  void readsAVersionInQuotesAsTheAgentDoes() {
    ParsedConfig config = AgentConfigReader.read(FILE.replace("version: 3", "version: \"3\""));
    assertThat(config.endpoints()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 3 | extra | extra",
        "  web_addr: false | extra | agent.extra",
        "    url: tls://db.c.internal | extra | endpoints[0].extra",
        "      url: tcp://10.0.0.1:5432 | extra | endpoints[0].upstream.extra",
        "      server_certificate: /a.pem | extra | endpoints[0].agent_tls_termination.extra",
        "          - name: first | extra | endpoints[0].traffic_policy.on_tcp_connect[0].extra",
        "            - type: log | extra |"
            + " endpoints[0].traffic_policy.on_tcp_connect[0].actions[0].extra",
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void refusesUnknownKeysWhereTheyStand(String after, String key, String path) {
    String line = after.strip();
    String column = line.startsWith("- ") ? "  " : "";
    int start = FILE.indexOf(line);
    String indent = FILE.substring(FILE.lastIndexOf('\n', start) + 1, start) + column;
    String text = FILE.replace(line + "\n", line + "\n" + indent + key.strip() + ": 1\n");

    assertThatThrownBy(() -> AgentConfigReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(path.strip() + " is not a key of format version 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 3 | version: 2 | version must be 3",
        "version: 3 | version: \"2\" | version must be 3",
        "version: 3 | version: [3] | version must be",
        "version: 3 | version: 4294967299 | version must be 3",
        "version: 3 | # | version is missing",
        "version: 3 | tunnels: {} | tunnels is not a key",
        "authtoken: secret-token | authtoken: [secret-token] | agent.authtoken must be a string",
        "web_addr: false | web_addr: true | agent.web_addr must be a string or false",
        "web_addr: false | inspect_db_size: x | agent.inspect_db_size must be a whole number",
        "web_addr: false | web_allow_hosts: x | agent.web_allow_hosts must be a list of strings",
        "- name: db | - | endpoints[0].name is missing",
        "url: tcp://10.0.0.1:5432 | protocol: http1 | endpoints[0].upstream.url is missing",
        "on_tcp_connect: | inbound: | endpoints[0].traffic_policy.inbound is not a key",
        "- name: first | - expressions: {a: b} | expressions must be a list of strings",
        "- type: log | - type: 7 | actions[0].type must be a string",
      })
  void refusesWrongValuesWithoutRepeatingThem(String line, String other, String message) {
    assertThat(FILE).contains(line);
    assertThatThrownBy(() -> AgentConfigReader.read(FILE.replace(line, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "[]",
        "text secret-token",
        "version: 3\nagent: {authtoken: secret-token",
        "version: 3\nagent: {authtoken: secret-token, authtoken: secret-token}\n",
        "version: 3\nagent: {authtoken: secret-token}\n---\nversion: 3\n",
        "version: 3\nagent: \"secret-token\n\tx: *y",
        "version: 3\nagent:\n  authtoken: \"secret-token\\q\"\n",
        "version: 3\nagent: {}\nendpoints: [{name: a, upstream: {url: b}}, {name: a, upstream:"
            + " {url: c}}]\n"
      })
  void refusesWhatIsNoSuchFile(String text) {
    assertThatThrownBy(() -> AgentConfigReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"half%zzsecret", "secret%", "secret%2", "%-1secret"})
  void aPasswordOfAProxyThatIsWronglyEncodedIsNotQuoted(String password) {
    String file =
        FILE.replace("web_addr: false", "proxy_url: http://me:" + password + "@proxy:3128");

    assertThatThrownBy(() -> AgentConfigReader.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("agent.proxy_url")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
