package dev.clinicnet.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform's side of a connection, against frames that a test sends and reads. */
@Timeout(30)
class MuxTest {
  private static final byte[] NOTHING = new byte[0];

  private final Pipe fromAgent = new Pipe();
  private final Pipe toAgent = new Pipe();
  private final BlockingQueue<MuxStream> accepted = new LinkedBlockingQueue<>();
  private final Mux mux =
      new Mux(
          fromAgent.input(),
          toAgent.output(),
          () -> {
            fromAgent.end();
            toAgent.end();
          },
          accepted::add);
  private CompletableFuture<Void> running;

  @BeforeEach
  void run() {
    running = CompletableFuture.runAsync(mux::run);
  }

  @AfterEach
  void end() {
    mux.cut("the test has ended");
    running.join();
  }

  private void send(Frame frame) throws IOException {
    fromAgent.output().write(frame.bytes());
  }

  private void send(int stream, int flags, String text) throws IOException {
    send(Frame.data(stream, flags, text.getBytes(StandardCharsets.UTF_8)));
  }

  private Frame next() throws IOException {
    return Frame.read(toAgent.input());
  }

  private MuxStream opened(int stream, String text) throws Exception {
    send(stream, Frame.SYN, text);
    return accepted.poll(10, TimeUnit.SECONDS);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void carriesBothDirectionsOfSeveralStreams() throws Exception {
    MuxStream one = opened(1, "a");
    MuxStream other = opened(3, "x");
    send(3, 0, "y");
    send(1, Frame.FIN, "b");
    send(3, Frame.FIN, "z");

    assertThat(text(one.input().readAllBytes())).isEqualTo("ab");
    assertThat(text(other.input().readAllBytes())).isEqualTo("xyz");
    one.output().write(new byte[] {1, 2});
    one.endOutput();

    assertThat(framesUntilFin())
        .filteredOn(frame -> frame.type() == Frame.DATA)
        .extracting(Frame::stream, frame -> frame.content().length)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 2), org.assertj.core.groups.Tuple.tuple(1, 0));
  }

  private List<Frame> framesUntilFin() throws IOException {
    List<Frame> frames = new java.util.ArrayList<>();
    do {
      frames.add(next());
    } while (!frames.get(frames.size() - 1).fin());
    return frames;
  }

  @Test
  void givesBackTheWindowForWhatWasRead() throws Exception {
    MuxStream stream = opened(1, "abc");

    assertThat(stream.input().read(new byte[10])).isEqualTo(3);

    Frame frame = next();
    assertThat(frame.type()).isEqualTo(Frame.WINDOW_INCREMENT);
    assertThat(frame.stream()).isEqualTo(1);
    assertThat(frame.number()).isEqualTo(3);
  }

  @Test
  void sendsNoMoreThanTheWindowUntilTheAgentHasRead() throws Exception {
    MuxStream stream = opened(1, "a");
    byte[] much = new byte[MuxStream.WINDOW + 5];
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                stream.output().write(much);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    int sent = 0;
    while (sent < MuxStream.WINDOW) {
      sent += next().content().length;
    }
    assertThat(sent).isEqualTo(MuxStream.WINDOW);
    assertThat(writing).isNotDone();
    assertThat(toAgent.left()).isEmpty();

    send(Frame.windowIncrement(1, 5));

    assertThat(next().content()).hasSize(5);
    writing.join();
  }

  @Test
  void anAgentThatSendsMoreThanItsWindowLosesTheStream() throws Exception {
    MuxStream stream = opened(1, "a");
    send(Frame.data(1, 0, new byte[MuxStream.WINDOW]));

    Frame reset = next();

    assertThat(reset.type()).isEqualTo(Frame.RST);
    assertThat(reset.number()).isEqualTo(WireError.FLOW_CONTROL.code());
    assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
    assertThat(opened(3, "b").input().read()).isEqualTo('b');
  }

  @Test
  void opensStreamsWithEvenIds() throws Exception {
    MuxStream first = mux.open();
    MuxStream second = mux.open();
    assertThat(toAgent.left()).isEmpty();

    second.output().write('x');
    first.output().write('y');

    Frame frame = next();
    assertThat(frame.stream()).isEqualTo(4);
    assertThat(frame.syn()).isTrue();
    frame = next();
    assertThat(frame.stream()).isEqualTo(2);
    assertThat(frame.syn()).isTrue();
    first.output().write('z');
    assertThat(next().syn()).isFalse();
    send(2, Frame.FIN, "answer");
    assertThat(text(first.input().readAllBytes())).isEqualTo("answer");
  }

  @Test
  void anAgentMayOpenStreamsInAnyOrderButNotOneTwice() throws Exception {
    assertThat(opened(5, "").id()).isEqualTo(5);
    assertThat(opened(3, "").id()).isEqualTo(3);

    send(3, Frame.SYN, "");

    Frame away = next();
    assertThat(away.type()).isEqualTo(Frame.GO_AWAY);
    assertThat(text(away.content())).contains("an agent cannot open stream 3");
    running.get(10, TimeUnit.SECONDS);
    assertThat(mux.wentAway()).isFalse();
  }

  @Test
  void anAgentCannotOpenAStreamOfThePlatform() throws Exception {
    send(2, Frame.SYN, "");

    assertThat(text(next().content())).contains("an agent cannot open stream 2");
    running.get(10, TimeUnit.SECONDS);
  }

  @Test
  void dataForAStreamThatHasEndedIsRefusedAndItsEndIsNot() throws Exception {
    send(1, Frame.FIN, "");
    send(Frame.windowIncrement(1, 5));
    send(new Frame(9, 0, 1, NOTHING));
    send(1, 0, "late");

    Frame reset = next();

    assertThat(reset.type()).isEqualTo(Frame.RST);
    assertThat(reset.number()).isEqualTo(WireError.STREAM_CLOSED.code());
    assertThat(toAgent.left()).isEmpty();
  }

  @Test
  void aResetEndsReadsAndWrites() throws Exception {
    MuxStream stream = opened(1, "unread");

    send(Frame.reset(1, WireError.INTERNAL));

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> stream.output().write(1)).hasMessageContaining("closed"));
    assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("closed");
  }

  @Test
  void aClosedStreamIsEndedForTheAgentAndWakesItsReaders() throws Exception {
    MuxStream stream = opened(1, "");
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stream.input().read();
              } catch (IOException e) {
                return -2;
              }
            });

    stream.close();
    stream.close();

    assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(-2);
    assertThat(next().fin()).isTrue();
    send(1, 0, "late");
    assertThat(next().type()).isEqualTo(Frame.RST);
    assertThat(toAgent.left()).isEmpty();
  }

  @Test
  void aReadWaitsNoLongerThanItsTimeout() throws Exception {
    MuxStream stream = opened(1, "");
    stream.timeout(1);

    assertThatThrownBy(() -> stream.input().read()).isInstanceOf(SocketTimeoutException.class);

    send(1, 0, "a");
    stream.timeout(0);
    assertThat(stream.input().read()).isEqualTo('a');
  }

  @Test
  void theEndOfTheConnectionEndsEveryStream() throws Exception {
    MuxStream stream = opened(1, "");

    fromAgent.end();

    running.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> stream.input().read())
        .hasMessage("the agent has ended the connection");
    assertThatThrownBy(mux::open).hasMessageContaining("has ended");
    assertThat(mux.wentAway()).isFalse();
  }

  @Test
  void anAgentThatGoesAwaySaysSo() throws Exception {
    send(Frame.goAway(0, WireError.NONE, "no error"));

    await().until(mux::wentAway);
    assertThatThrownBy(mux::open).hasMessageContaining("has ended");
  }

  @Test
  void aStreamLooksLikeASocket() throws Exception {
    StreamSocket socket = new StreamSocket(opened(1, "a"));
    socket.setSoTimeout(7);

    assertThat(socket.getInputStream().read()).isEqualTo('a');
    assertThat(socket.getSoTimeout()).isEqualTo(7);
    assertThat(socket.isConnected()).isTrue();
    assertThat(socket.isBound()).isTrue();
    assertThat(socket.getRemoteSocketAddress()).isEqualTo(socket.getLocalSocketAddress());
    next();
    socket.shutdownOutput();
    assertThat(socket.isOutputShutdown()).isTrue();
    assertThat(next().fin()).isTrue();
    socket.close();
    assertThat(socket.isClosed()).isTrue();
    assertThat(toAgent.left()).isEmpty();
  }

  @Test
  void anAgentThatEndsItsSideWhileThePlatformWaitsForTheWindowStopsNothing() throws Exception {
    MuxStream stream = opened(1, "");
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                stream.output().write(new byte[MuxStream.WINDOW + 5]);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    int sent = 0;
    while (sent < MuxStream.WINDOW) {
      sent += next().content().length;
    }

    send(1, Frame.FIN, "early answer");
    send(3, Frame.SYN, "another stream");

    assertThat(accepted.poll(10, TimeUnit.SECONDS)).isNotNull();
    send(Frame.windowIncrement(1, 5));
    assertThat(next().content()).hasSize(5);
    writing.get(10, TimeUnit.SECONDS);
    assertThat(text(stream.input().readAllBytes())).isEqualTo("early answer");
    stream.endOutput();
    assertThat(framesUntilFin()).last().matches(Frame::fin);
  }
}
