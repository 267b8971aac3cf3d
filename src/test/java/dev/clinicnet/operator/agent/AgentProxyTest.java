package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.Token;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentProxyTest {
  private static final String URL = "http://clinic1@proxy.clinic1.lan:3128";
  private static final Token KEY = new Token("2example-key");

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with space", "a+b", "p@ss:w/o?r#d%", "ü\u2028€", "\"\\'"})
  void everyPasswordComesBackFromTheTextOfTheFile(String password) {
    AgentProxy proxy = new AgentProxy(URL, new SecretValue(password));

    assertThat(AgentProxy.parse(proxy.text())).isEqualTo(proxy);
    URI uri = URI.create(proxy.text());
    assertThat(uri.getHost()).isEqualTo("proxy.clinic1.lan");
    assertThat(uri.getUserInfo()).isEqualTo("clinic1:" + password);
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, "socks5://10.0.0.1:1080", "http://[fd00::1]:3128"})
  void withoutAPasswordTheURLStays(String url) {
    assertThat(new AgentProxy(url, null).text()).isEqualTo(url);
    assertThat(AgentProxy.parse(url)).isEqualTo(new AgentProxy(url, null));
  }

  @Test
  void theFingerprintChangesWithThePasswordAndTheKeyAndTellsNeither() {
    AgentProxy one = new AgentProxy(URL, new SecretValue("one"));
    AgentProxy two = new AgentProxy(URL, new SecretValue("two"));

    assertThat(one.fingerprint(KEY))
        .isEqualTo(one.fingerprint(KEY))
        .isNotEqualTo(two.fingerprint(KEY))
        .isNotEqualTo(one.fingerprint(new Token("2example-other")))
        .startsWith("http://clinic1:")
        .doesNotContain(":one@");
    assertThat(new AgentProxy(URL, null).fingerprint(KEY)).isEqualTo(URL);
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(new AgentProxy(URL, new SecretValue("hunter2")).toString())
        .contains(URL)
        .doesNotContain("hunter2");
  }
}
