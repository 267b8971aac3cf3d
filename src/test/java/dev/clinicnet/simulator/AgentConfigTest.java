package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {

  private static String file(String agent, String endpoint) {
    return "version: 3\nagent: {authtoken: t, "
        + agent
        + "}\nendpoints: [{name: a, url: 'tls://a.internal', upstream: {url: '80'}, "
        + endpoint
        + "}]\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{version: 2, agent: {}};                                     'version'",
        "{version: '2', agent: {}};                                   'version'",
        "{version: 3};                                                'agent'",
        "{version: 3, agent: {}, endpoint: []};                       'endpoint'",
        "{version: 3, agent: {authtokn: x}};                          'agent.authtokn'",
        "{version: 3, agent: {authtoken: 1}};                         'agent.authtoken'",
        "{version: 3, agent: {}, tunnels: {}};                        'tunnels'",
        "{version: 3, agent: {}, endpoints: {}};                      'endpoints'",
        "{version: 3, agent: {}, endpoints: [{upstream: {url: a}}]};  'endpoints[0].name'",
        "{version: 3, agent: {}, endpoints: [{name: a}]};             'endpoints[0].upstream.url'",
      })
  void refusesABadFileByNamingTheKey(String file, String key) {
    assertThatThrownBy(() -> AgentConfig.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web_addr: true;         x;                              'agent.web_addr'",
        "web_addr: '4040';       x;                              'agent.web_addr'",
        "web_allow_hosts: a.com; x;                              'agent.web_allow_hosts'",
        "web_allow_hosts: [''];  x;                              'agent.web_allow_hosts'",
        "inspect_db_size: no;    x;                              'agent.inspect_db_size'",
        "remote_management: maybe;  x;                              'agent.remote_management'",
        "log: false;             upsteam: {};                    'endpoints[0].upsteam'",
        "log: false;             traffic_policy: text;           'endpoints[0].traffic_policy'",
        "log: false;             bindings: [a, b];               'endpoints[0].bindings'",
        "log: false;             pooling_enabled: maybe;           'endpoints[0].pooling_enabled'",
        "log: false;             agent_tls_termination: {cert: a}; agent_tls_termination.cert",
        "log: false;             agent_tls_termination: {server_certificate: a}; server_private_key",
        "log: false;             agent_tls_termination: {server_certificate: 1}; server_certificate",
        "log: false;             agent_tls_termination: {server_certificate: a, server_private_key: b, mutual_tls_certificate_authorities: c}; mutual_tls_certificate_authorities",
      })
  void refusesABadValueByNamingTheKey(String agent, String endpoint, String key) {
    String more = endpoint.equals("x") ? "metadata: m" : endpoint;
    assertThatThrownBy(() -> AgentConfig.read(file(agent, more)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "'3'", "\"3\""})
  void takesTheVersionAsANumberOrInQuotes(String version) {
    assertThat(AgentConfig.read("{version: " + version + ", agent: {}}").endpoints()).isEmpty();
  }

  @Test
  void refusesTwoEndpointsOfOneName() {
    String file =
        "{version: 3, agent: {}, endpoints: [{name: a, upstream: {url: 80}}, {name: a, upstream:"
            + " {url: 81}}]}";
    assertThatThrownBy(() -> AgentConfig.read(file)).hasMessageContaining("not unique: a");
  }

  @Test
  void neverQuotesAFileThatItCannotRead() {
    assertThatThrownBy(() -> AgentConfig.read("agent: {authtoken: s3cret, authtoken: s3cret}"))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }

  @Test
  void readsEverythingThatIsDocumented() {
    String file =
        """
        version: 3
        agent:
          authtoken: t
          connect_url: connect.acme.com:443
          connect_cas: trusted
          connect_timeout: 10s
          heartbeat_interval: 10s
          heartbeat_tolerance: 15s
          dns_resolver_ips: [192.0.2.1]
          crl_noverify: false
          metadata: m
          remote_management: true
          log: false
          log_level: info
          console_ui: false
          inspect_db_size: -1
          update_check: true
          web_addr: 127.0.0.1:4040
          web_allow_hosts: [localhost]
        endpoints:
          - name: db
            url: tls://db.clinic1.internal
            upstream: {url: "tcp://192.168.1.101:5432", proxy_protocol: "1"}
            agent_tls_termination:
              server_certificate: /a
              server_private_key: /b
              mutual_tls_certificate_authorities: [/c]
        """;
    AgentConfig config = AgentConfig.read(file);
    assertThat(config.metadata()).isEqualTo("m");
    assertThat(config.endpoints()).hasSize(1);
    assertThat(config.toString()).doesNotContain("authtoken");
  }
}
