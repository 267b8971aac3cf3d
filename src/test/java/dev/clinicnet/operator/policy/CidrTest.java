package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.0/24",
    "203.0.113.7/32, 203.0.113.7/32",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:DB8::/32, 2001:db8::/32",
    "2001:0db8:0000:0000:0000:0000:0000:0000/32, 2001:db8::/32",
    "2001:db8:0:0:1:0:0:0/80, 2001:db8:0:0:1::/80",
    "2001:db8:0:1:1:1:1:1/128, 2001:db8:0:1:1:1:1:1/128",
    "2001:db8::1/128, 2001:db8::1/128",
    "2001:0:0:1:0:0:0:1/128, 2001:0:0:1::1/128",
    "2001:10:0:0:1:0:0:1/128, 2001:10::1:0:0:1/128",
    "::/0, ::/0",
    "::1/128, ::1/128",
    "fe80:0:0:0:0:0:0:0/10, fe80::/10",
  })
  void readsNetworksIntoOneForm(String text, String canonical) {
    assertThat(Cidr.parse(text)).hasToString(canonical);
    assertThat(Cidr.parse(canonical)).isEqualTo(Cidr.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.0/24, true",
    "203.0.113.0/24, 203.0.113.7/32, true",
    "203.0.113.0/24, 203.0.112.0/23, false",
    "203.0.113.0/24, 203.0.114.0/24, false",
    "203.0.113.128/25, 203.0.113.0/25, false",
    "0.0.0.0/0, 203.0.113.0/24, true",
    "0.0.0.0/0, 2001:db8::/32, false",
    "::/0, 203.0.113.0/24, false",
    "2001:db8::/32, 2001:db8:1::/48, true",
    "2001:db8::/33, 2001:db8:8000::/33, false"
  })
  void knowsWhichNetworksItHolds(String network, String other, boolean holds) {
    assertThat(Cidr.parse(network).contains(Cidr.parse(other))).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7/24, 203.0.113.0/24",
    "10.1.2.3/9, 10.0.0.0/9",
    "2001:db8::1/32, 2001:db8::/32",
    "0.0.0.1/0, 0.0.0.0/0"
  })
  void refusesHostBitsNamingTheNetwork(String text, String network) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + text + "\"")
        .hasMessageContaining("write the network " + network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "203.0.113.0",
        "203.0.113.0/33",
        "203.0.113/24",
        "203.0.113.256/32",
        "0203.0.113.0/24",
        "example.com/24",
        "fe80::1%eth0/64",
        "2001:db8::/129",
        "2001:db8::1::/64",
        ":::/0",
        "::ffff:203.0.113.0/120",
        "203.0.113.0/24 ",
        "203.0.113.0/24\n",
        "${vars.x}/24",
        "abc/24",
        "dead/16",
        "1/8"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + text + "\"");
  }
}
