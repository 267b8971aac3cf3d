package dev.clinicnet.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames as bytes, after the tests of ngrok's own Go code. */
class FrameTest {
  private static final HexFormat HEX = HexFormat.of();

  private static Frame read(String hex) throws IOException {
    return Frame.read(new ByteArrayInputStream(HEX.parseHex(hex)));
  }

  @Test
  void writesDataWithItsFlags() {
    assertThat(HEX.formatHex(Frame.data(3, Frame.SYN, new byte[] {1, 2}).bytes()))
        .isEqualTo("0000021200000003" + "0102");
    assertThat(HEX.formatHex(Frame.data(0x2843, Frame.FIN, new byte[0]).bytes()))
        .isEqualTo("0000001100002843");
  }

  @Test
  void writesTheFramesThatControl() {
    assertThat(HEX.formatHex(Frame.reset(1, WireError.STREAM_CLOSED).bytes()))
        .isEqualTo("0000040000000001" + "00000004");
    assertThat(HEX.formatHex(Frame.windowIncrement(2, 0x12345).bytes()))
        .isEqualTo("0000042000000002" + "00012345");
    assertThat(HEX.formatHex(Frame.goAway(9, WireError.PROTOCOL, "no").bytes()))
        .isEqualTo("00000a3000000000" + "0000000900000001" + "6e6f");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    byte[] content = new byte[70_000];
    content[69_999] = 7;

    Frame frame = Frame.read(new ByteArrayInputStream(Frame.data(0x7fffffff, 3, content).bytes()));

    assertThat(frame.stream()).isEqualTo(0x7fffffff);
    assertThat(frame.syn()).isTrue();
    assertThat(frame.fin()).isTrue();
    assertThat(frame.content()).isEqualTo(content);
  }

  @Test
  void theFlagsOfOtherFramesMeanNothing() throws IOException {
    Frame frame = read("0000042300000002" + "00000001");

    assertThat(frame.syn()).isFalse();
    assertThat(frame.fin()).isFalse();
    assertThat(frame.number()).isEqualTo(1);
  }

  @Test
  void theEndBetweenFramesIsNoError() throws IOException {
    assertThat(read("")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"00", "000002", "0000021200000003", "000002120000000301"})
  void theEndWithinAFrameIsAnError(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(EOFException.class);
  }

  @Test
  void refusesWhatNoAgentSends() {
    assertThatThrownBy(() -> read("0000001280000001"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("31 bits");
    assertThatThrownBy(() -> read("ffffff1200000001"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("16777215 bytes is too long");
    assertThatThrownBy(() -> read("0000022000000001" + "0001").number())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("4 bytes");
    assertThatThrownBy(() -> Frame.data(1, 0, new byte[Frame.MAX_LENGTH + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
