package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.7 192.0.2.1 40000 443, 203.0.113.7:40000, 192.0.2.1:443",
    "PROXY TCP6 2001:db8::7 ::1 1 65535, [2001:db8::7]:1, [::1]:65535",
    "PROXY TCP4 0.0.0.0 255.255.255.255 0 0, 0.0.0.0:0, 255.255.255.255:0",
  })
  void aLineNamesBothSides(String line, String source, String destination) throws IOException {
    ReadAhead client = text(line + "\r\nrest");

    ProxyHeader.Addresses addresses =
        ProxyHeaderReader.read(client).orElseThrow().addresses().orElseThrow();

    assertThat(Failure.text(addresses.source())).isEqualTo(source);
    assertThat(Failure.text(addresses.destination())).isEqualTo(destination);
    assertThat(client.readAllBytes()).asString().isEqualTo("rest");
  }

  @ParameterizedTest
  @CsvSource({
    "2111000ccb007107c00002019c4001bb, 203.0.113.7:40000",
    // A header with a TLV after the addresses.
    "2111 0010 cb007107c00002019c4001bb 04000100, 203.0.113.7:40000",
    "21210024 20010db8000000000000000000000007 00000000000000000000000000000001 000101bb,"
        + " [2001:db8::7]:1",
  })
  void aBinaryHeaderNamesTheSource(String hex, String source) throws IOException {
    ReadAhead client = bytes(SIGNATURE + hex.replace(" ", "") + "4142");

    ProxyHeader header = ProxyHeaderReader.read(client).orElseThrow();

    assertThat(Failure.text(header.addresses().orElseThrow().source())).isEqualTo(source);
    assertThat(client.readAllBytes()).asString().isEqualTo("AB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIGNATURE + "20000000",
        SIGNATURE + "2011000c00000000000000000000000000",
        SIGNATURE + "21000000",
        "50524f585920554e4b4e4f574e0d0a",
        "50524f585920554e4b4e4f574e206120620d0a",
      })
  void someNameNoAddresses(String hex) throws IOException {
    assertThat(ProxyHeaderReader.read(bytes(hex)).orElseThrow().addresses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "POST / HTTP/1.1", "PROXYING", "\r\n", "\r\n\r\nQUIT", "hello"})
  void whatIsNoHeaderIsLeftAlone(String text) throws IOException {
    ReadAhead client = text(text);

    assertThat(ProxyHeaderReader.read(client)).isEmpty();
    assertThat(client.readAllBytes()).asString().isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY ",
        "PROXY \r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 40000 443",
        "PROXY TCP4 203.0.113.7 192.0.2.1 40000 443\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 40000\r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 40000 443 9\r\n",
        "PROXY TCP4 203.0.113.7  192.0.2.1 40000 443\r\n",
        "PROXY TCP4 203.0.113.256 192.0.2.1 40000 443\r\n",
        "PROXY TCP4 203.0.113 192.0.2.1 40000 443\r\n",
        "PROXY TCP4 localhost 192.0.2.1 40000 443\r\n",
        "PROXY TCP4 2001:db8::7 ::1 40000 443\r\n",
        "PROXY TCP6 203.0.113.7 192.0.2.1 40000 443\r\n",
        "PROXY TCP6 2001:db8::7:: ::1 40000 443\r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 65536 443\r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 -1 443\r\n",
        "PROXY TCP4 203.0.113.7 192.0.2.1 007 443\r\n",
        "PROXY UDP4 203.0.113.7 192.0.2.1 40000 443\r\n",
        "PROXY UNKNOWN 0123456789012345678901234567890123456789012345678901234567890123456789"
            + "01234567890123456789012345678901234567890\r\n",
      })
  void malformedLinesAreRefused(String line) {
    assertThatThrownBy(() -> ProxyHeaderReader.read(text(line)))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "21",
        "2111",
        "2111000c",
        "2111000ccb007107",
        "2111000bcb007107c00002019c4001",
        "2112000ccb007107c00002019c4001bb",
        "2131000ccb007107c00002019c4001bb",
        "2211000ccb007107c00002019c4001bb",
        "1111000ccb007107c00002019c4001bb",
        "2121000ccb007107c00002019c4001bb",
      })
  void malformedBinaryHeadersAreRefused(String hex) {
    assertThatThrownBy(() -> ProxyHeaderReader.read(bytes(SIGNATURE + hex)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aSilentClientHasNone() throws IOException {
    InputStream silent =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new SocketTimeoutException();
          }
        };

    assertThat(ProxyHeaderReader.read(new ReadAhead(silent))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 203.0.113.7, 192.0.2.1, 203.0.113.7",
    "2, 203.0.113.7, 192.0.2.1, 203.0.113.7",
    "1, 2001:db8::7, ::1, 2001:db8:0:0:0:0:0:7",
    "2, 2001:db8::7, ::1, 2001:db8:0:0:0:0:0:7",
    "1, 2001:db8::7, 192.0.2.1, 2001:db8:0:0:0:0:0:7",
    "2, 2001:db8::7, 192.0.2.1, 2001:db8:0:0:0:0:0:7",
  })
  void whatAgentsWriteIsRead(String version, String from, String to, String source)
      throws IOException {
    byte[] header =
        ProxyHeaderText.of(
            version,
            new InetSocketAddress(InetAddress.getByName(from), 4711),
            new InetSocketAddress(InetAddress.getByName(to), 443));

    ProxyHeader.Addresses read =
        ProxyHeaderReader.read(new ReadAhead(new ByteArrayInputStream(header)))
            .orElseThrow()
            .addresses()
            .orElseThrow();

    assertThat(read.source().getAddress().getHostAddress()).isEqualTo(source);
    assertThat(read.source().getPort()).isEqualTo(4711);
    assertThat(read.destination().getPort()).isEqualTo(443);
  }

  private static ReadAhead text(String text) {
    return new ReadAhead(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static ReadAhead bytes(String hex) {
    return new ReadAhead(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }
}
