package dev.clinicnet.simulator.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, '', true",
    "LOCALHOST:4040, '', true",
    "127.0.0.1:4040, '', true",
    "127.1.2.3, '', true",
    "[::1]:4040, '', true",
    "::1, '', true",
    "localhost.example.com, '', false",
    "example.com, '', false",
    "'', '', false",
    "192.168.1.5, '', false",
    "8.8.8.8, 8.8.8.8, true",
    "8.8.8.9, 8.8.8.8, false",
    "[1:2:3:4:5:6:7:8]:80, 1:2:3:4:5:6:7:8, true",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8, true",
    "10.1.2.3, 10.0.0.0/8, true",
    "11.1.2.3, 10.0.0.0/8, false",
    "10.example.com, 10.0.0.0/8, false",
    "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:8/16, true",
    "example.com, example.com, true",
    "Example.com:443, EXAMPLE.COM, true",
    "sub.example.com, example.com, false",
    "sub.example.com:8443, .example.com, true",
    "a.b.example.com, .example.com, true",
    "example.com, .example.com, false",
    "badexample.com, .example.com, false",
  })
  void admitsLocalNamesAndThoseThatAreListed(String host, String listed, boolean admitted) {
    List<String> allowed = listed.isEmpty() ? List.of() : List.of(listed);

    assertThat(AllowedHosts.at(WebAddress.DEFAULT, allowed).admits(List.of(host)))
        .isEqualTo(admitted);
  }

  @Test
  void admitsNeitherNoHostNorTwo() {
    AllowedHosts hosts = AllowedHosts.at(WebAddress.DEFAULT, List.of());

    assertThat(hosts.admits(List.of())).isFalse();
    assertThat(hosts.admits(List.of("localhost", "localhost"))).isFalse();
  }

  @Test
  void checksAnAddressOfTheNetworkOnlyWithAList() {
    WebAddress everywhere = WebAddress.parse("0.0.0.0:4040");

    assertThat(AllowedHosts.at(everywhere, List.of()).admits(List.of("example.com"))).isTrue();
    assertThat(AllowedHosts.at(everywhere, List.of("example.org")).admits(List.of("example.com")))
        .isFalse();
  }
}
