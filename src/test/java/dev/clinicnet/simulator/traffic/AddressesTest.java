package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "0.0.0.0, 0.0.0.0",
    "2001:DB8:0:0:0:0:0:7, 2001:db8::7",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:db8:0:0:0:0:0:0, 2001:db8::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "10:100:1000:0:0:0:20:0, 10:100:1000::20:0",
    "::ffff:203.0.113.7, 203.0.113.7",
    "fe80::1%1, fe80::1",
  })
  void anAddressHasOneText(String written, String text) throws Exception {
    assertThat(Addresses.text(InetAddress.getByName(written))).isEqualTo(text);
  }
}
