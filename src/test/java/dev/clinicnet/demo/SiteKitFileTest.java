package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that the demo prints of a kit is secret. */
class SiteKitFileTest {
  private static final String TOKEN = "planted-token-1111";
  private static final String PASSWORD = "planted-password-2222";
  private static final String KEY = "planted-key-3333";
  private static final String FILE =
      """
      version: 3
      # %1$s
      agent:
        authtoken: "%1$s"
        web_addr: 127.0.0.1:4040
      endpoints:
        - name: agent-api
          traffic_policy:
            on_http_request:
              - actions:
                  - type: basic-auth
                    config: {credentials: ["clinic-operator:%2$s"], realm: clinic-operator}
        - name: records
          agent_tls_termination:
            server_certificate: public
            server_private_key: |
              begin
              %3$s
              end
      """
          .formatted(TOKEN, PASSWORD, KEY);

  private final SiteKitFile kit = new SiteKitFile("clinic1", "clinic1-site-kit", FILE, TOKEN);

  @Test
  void whatIsShownHoldsEverythingButSecrets() {
    String shown = String.join("\n", kit.shown());

    assertThat(shown)
        .doesNotContain(TOKEN, PASSWORD, KEY, "#")
        .contains("127.0.0.1:4040", "basic-auth", "public", "********");
    assertThat(kit.isToldIn(shown)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, PASSWORD, "begin\n" + KEY + "\nend\n"})
  void eachSecretIsFoundAsItIsAndEncoded(String secret) {
    String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));

    assertThat(kit.isToldIn("before " + secret + " after")).isTrue();
    assertThat(kit.isToldIn("before " + encoded + " after")).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsNotQuoted() {
    SiteKitFile broken = new SiteKitFile("clinic1", "kit", "authtoken: [" + TOKEN, TOKEN);

    assertThatThrownBy(broken::shown).isInstanceOf(DemoFailure.class).hasNoCause();
    assertThatThrownBy(broken::shown)
        .satisfies(e -> assertThat(List.of(String.valueOf(e))).noneMatch(t -> t.contains(TOKEN)));
  }
}
