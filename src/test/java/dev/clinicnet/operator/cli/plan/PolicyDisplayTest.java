package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDisplayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_secret\": \"planted-77\"}",
        "{\"credentials\": [\"eve:planted-77\"]}",
        "{\"headers\": {\"Authorization\": \"planted-77\", \"X-Api-Key\": \"planted-77\"}}",
        "{\"url\": \"https://eve:planted-77@example.com/\"}",
        "{\"headers\": {\"x\": \"Bearer planted-77\"}}",
        "{\"headers\": {\"x\": \"Token planted-77\", \"x-auth\": \"planted-77\"}}",
        "{\"headers\": {\"accessToken\": \"planted-77\", \"x-functions-key\": \"planted-77\"}}",
        "{\"vars\": [{\"db_pwd\": \"planted-77\"}, {\"signingKey\": \"planted-77\"}, {\"pin\": \"planted-77\"}]}",
        "{\"config\": {\"user_credentials\": [\"eve:planted-77\"], \"creds\": \"planted-77\"}}",
        "{\"url\": \"https://eve:a/b@planted-77@example.com/\"}",
        "{\"url\": \"https://example.com/?token=planted-77&sig=planted-77\"}",
        "{\"body\": \"{\\\"password\\\": \\\"planted-77\\\"}\"}",
        "client_secret: planted-77",
        "not a policy: [planted-77"
      })
  void secretsAreHidden(String policy) {
    assertThat(String.join("\n", PolicyDisplay.lines(policy))).doesNotContain("planted-77");
  }

  @Test
  void theRestIsShownInOneOrder() {
    assertThat(PolicyDisplay.lines("{\"b\": 1, \"a\": [\"x\"]}"))
        .containsExactly("{", "  \"a\" : [ \"x\" ],", "  \"b\" : 1", "}");
  }

  @Test
  void whatIsReadFromTheVaultIsShown() {
    String reference = "${secrets.get('vault', 'name')}";

    assertThat(PolicyDisplay.lines("{\"client_secret\": \"" + reference + "\"}").get(1))
        .contains(reference);
  }

  @Test
  void anAgentsConfigurationIsShownWithoutItsSecrets() {
    assertThat(
            PolicyDisplay.configuration(
                """
                version: 3
                agent:
                  authtoken: planted77
                  metadata: '{"siteKit":"abc"}'
                endpoints:
                - name: agent-api
                  upstream: {url: "http://10.0.0.1"}
                  traffic_policy:
                    on_http_request:
                    - actions:
                      - type: basic-auth
                        config: {credentials: ["operator:planted77"]}
                  agent_tls_termination:
                    server_private_key: |
                      -----BEGIN PRIVATE KEY-----
                      planted77
                      -----END PRIVATE KEY-----
                """))
        .contains(
            "    url: http://10.0.0.1", "  authtoken: (secret)", "          - operator:(secret)")
        .noneMatch(line -> line.contains("planted77") || line.contains("abc"));
  }
}
