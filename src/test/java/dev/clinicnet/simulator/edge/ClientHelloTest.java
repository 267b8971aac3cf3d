package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
  @Test
  void theNameIsReadAndNothingConsumed() throws Exception {
    byte[] hello = hello("RIS.Example.com");
    ReadAhead client = new ReadAhead(new ByteArrayInputStream(hello));

    assertThat(ClientHello.peek(client).sni()).isEqualTo("ris.example.com");
    assertThat(client.readAllBytes()).isEqualTo(hello);
  }

  @Test
  void withoutANameThereIsNone() throws Exception {
    assertThat(peek(hello(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 50, 100})
  void aHelloMayComeInSeveralRecords(int size) throws Exception {
    byte[] hello = hello("ris.example.com");
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int start = 5; start < hello.length; start += size) {
      byte[] part = Arrays.copyOfRange(hello, start, Math.min(start + size, hello.length));
      records.write(hello, 0, 3);
      records.write(part.length >> 8);
      records.write(part.length);
      records.writeBytes(part);
    }

    assertThat(peek(records.toByteArray())).isEqualTo("ris.example.com");
  }

  @Test
  void aHelloMayComeByteByByte() throws Exception {
    InputStream slow =
        new ByteArrayInputStream(hello("ris.example.com")) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
          }
        };

    assertThat(ClientHello.peek(new ReadAhead(slow)).sni()).isEqualTo("ris.example.com");
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    byte[] hello = hello("ris.example.com");
    byte[] short_ = Arrays.copyOf(hello, hello.length - 1);
    byte[] otherMessage = hello.clone();
    otherMessage[5] = 2;
    byte[] noLength = hello.clone();
    noLength[3] = 0;
    noLength[4] = 0;
    byte[] longSession = hello.clone();
    longSession[5 + 4 + 34] = (byte) 0xff;

    for (byte[] each :
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[0],
            short_,
            otherMessage,
            noLength,
            longSession)) {
      assertThatThrownBy(() -> peek(each)).isInstanceOf(ProtocolException.class);
    }
  }

  private static String peek(byte[] bytes) throws Exception {
    return ClientHello.peek(new ReadAhead(new ByteArrayInputStream(bytes))).sni();
  }

  private static byte[] hello(String name) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (!name.isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    engine.setSSLParameters(parameters);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }
}
