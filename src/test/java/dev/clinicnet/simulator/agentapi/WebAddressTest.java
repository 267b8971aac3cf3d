package dev.clinicnet.simulator.agentapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4040, true, localhost:4040 127.0.0.1:4040",
    "Localhost:4041, true, localhost:4041 127.0.0.1:4041",
    "[::1]:4040, true, localhost:4040 [::1]:4040",
    "127.0.0.2:4040, true, 127.0.0.2:4040",
    "0.0.0.0:4040, false, localhost:4040 127.0.0.1:4040 [::1]:4040",
    ":4040, false, localhost:4040 127.0.0.1:4040 [::1]:4040",
    "192.168.1.5:4040, false, 192.168.1.5:4040",
  })
  void isReachedFromItsOwnMachine(String text, boolean loopback, String names) {
    WebAddress address = WebAddress.parse(text);

    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(address.names()).containsExactlyInAnyOrder(names.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4040", "localhost", "localhost:x", "localhost:70000", "http://a:1"})
  void needsHostAndPort(String text) {
    assertThatThrownBy(() -> WebAddress.parse(text)).hasMessageContaining("agent.web_addr");
  }
}
