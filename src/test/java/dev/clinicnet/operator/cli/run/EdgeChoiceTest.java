package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.config.EdgeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class EdgeChoiceTest {
  private static final InetSocketAddress EDGE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443);

  @TempDir Path directory;

  @Test
  void withoutOptionsPublicHostsAreWhereDNSSays() {
    assertThat(EdgeChoice.of(null, null)).isEmpty();
  }

  @Test
  void withoutAuthoritiesThePublicOnesAreTrusted() {
    assertThat(EdgeChoice.of(EDGE, null).orElseThrow().authorities()).isEmpty();
  }

  @Test
  void whatStandsAroundTheAuthoritiesIsLeftOut() throws IOException {
    String certificate = Files.readString(Path.of("src/test/resources/certificate/ca.crt"));
    Path file = Files.writeString(directory.resolve("ca"), "The edge's:\n" + certificate);

    EdgeAddress edge = EdgeChoice.of(EDGE, file).orElseThrow();

    assertThat(edge.address()).isEqualTo(EDGE);
    assertThat(edge.authorities().orElseThrow()).startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(edge).asString().contains("/127.0.0.1:8443").doesNotContain("BEGIN");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8443, 127.0.0.1, 8443",
    "localhost:1, localhost, 1",
    "[::1]:65535, 0:0:0:0:0:0:0:1, 65535"
  })
  void anAddressIsAHostAndAPort(String text, String host, int port) {
    InetSocketAddress address = new OptionValue.HostAndPort().convert(text);

    assertThat(address.getHostString()).isEqualTo(host);
    assertThat(address.getPort()).isEqualTo(port);
    assertThat(address.isUnresolved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8443", "localhost", ":8443", "::1:8443", "h:0", "h:65536", "h:x"})
  void whatIsNotHostAndPortIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new OptionValue.HostAndPort().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not HOST:PORT: write it like 127.0.0.1:8443 or [::1]:8443");
  }

  @Test
  void aNameWithoutAddressIsNoEdge() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("edge.invalid", 8443);

    assertThatThrownBy(() -> EdgeChoice.of(unresolved, null))
        .hasMessage("'edge.invalid' has no address");
  }
}
