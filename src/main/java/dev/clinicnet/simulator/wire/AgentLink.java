package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one agent: it answers the agent's requests, and sends those of the platform. An
 * agent logs in first, so every other request before that ends the connection.
 */
public final class AgentLink {
  private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

  /** Milliseconds in which an agent that was refused has to end the connection. */
  private static final int PATIENCE = 10_000;

  private final Socket raw;
  private final Mux mux;
  private final AgentPlatform platform;
  private final Executor threads;
  private final LoginState login = new LoginState();
  private volatile boolean cut;

  /**
   * A connection on which nothing was read yet.
   *
   * @param raw the socket below TLS, or the same as {@code socket}
   * @param threads runs one task for each stream
   */
  AgentLink(Socket raw, Socket socket, AgentPlatform platform, Executor threads)
      throws IOException {
    this.raw = raw;
    this.platform = platform;
    this.threads = threads;
    this.mux =
        new Mux(
            new BufferedInputStream(socket.getInputStream()),
            new BufferedOutputStream(socket.getOutputStream()),
            raw,
            this::accept);
  }

  /** The address of the agent's host. */
  public InetAddress peer() {
    return raw.getInetAddress();
  }

  /** Carries out requests until the connection has ended. */
  void run() {
    mux.run();
    if (login.ended()) {
      sessionEnded();
    }
  }

  private void sessionEnded() {
    platform.ended(this, !mux.wentAway() && !cut);
  }

  /**
   * Opens a connection through the agent to the upstream of one of its endpoints.
   *
   * @throws IOException if the agent's connection has ended
   */
  public Socket connect(ProxyStart start) throws IOException {
    MuxStream stream = mux.open();
    stream.output().write(start.bytes());
    return new StreamSocket(stream);
  }

  /** Asks the agent to end. It ends the connection when it obeys. */
  public void stop() {
    ask(RequestType.STOP, new NoMembers());
  }

  /** Asks the agent to start again. It ends the connection when it obeys. */
  public void restart() {
    ask(RequestType.RESTART, new NoMembers());
  }

  /** Asks the agent to replace itself by the newest version. */
  public void update() {
    ask(RequestType.UPDATE, new Update("", false));
  }

  /** Tells the agent that one of its endpoints has ended, and why. */
  public void stopEndpoint(String bindId, String message, String code) {
    ask(RequestType.STOP_TUNNEL, new StopTunnel(bindId, message, code));
  }

  /** Ends the connection at once, without a word. */
  public void cut() {
    cut = true;
    mux.cut("the platform has ended the connection");
  }

  private record NoMembers() {}

  private record Update(
      @JsonProperty("Version") String version, @JsonProperty("PermitMajorVersion") boolean major) {}

  /** Sends a request in another thread, because the agent may not read. */
  private void ask(RequestType type, Object message) {
    try {
      threads.execute(() -> asked(type, message));
    } catch (RejectedExecutionException e) {
      LOG.trace("the simulator ends", e);
    }
  }

  private void asked(RequestType type, Object message) {
    try {
      MuxStream stream = mux.open();
      OutputStream output = stream.output();
      output.write(ByteBuffer.allocate(4).putInt(type.number()).array());
      output.write(Messages.bytes(message));
      stream.timeout(PATIENCE);
      Outcome outcome = Messages.read(stream.input(), Outcome.class);
      if (!outcome.error().isEmpty()) {
        LOG.debug("an agent does not {}: {}", type.word(), outcome.error());
      }
      stream.close();
    } catch (IOException e) {
      // An agent need not answer. It may end the connection instead.
      LOG.debug("an agent gave no answer to {}: {}", type.word(), e.getMessage());
    }
  }

  private void accept(MuxStream stream) {
    try {
      threads.execute(() -> serve(stream));
    } catch (RejectedExecutionException e) {
      mux.cut("the simulator ends");
    }
  }

  private void serve(MuxStream stream) {
    try {
      int number = new DataInputStream(stream.input()).readInt();
      Optional<RequestType> type = RequestType.of(number);
      if (type.isEmpty()) {
        throw new ProtocolException(
            WireError.PROTOCOL, "an agent has opened a stream of type " + number);
      }
      if (type.get() == RequestType.HEARTBEAT) {
        echo(stream);
        return;
      }
      stream.output().write(Messages.bytes(answer(type.get(), stream.input())));
      stream.endOutput();
    } catch (ProtocolException e) {
      LOG.debug("an agent's connection is ended: {}", e.getMessage());
      mux.goAway(e.error(), e.getMessage());
      mux.cut(e.getMessage());
    } catch (IOException e) {
      LOG.debug("an agent's request has ended: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the simulator has failed", e);
      cut();
    }
  }

  private void echo(MuxStream stream) throws IOException {
    byte[] beat = new byte[4];
    while (stream.input().readNBytes(beat, 0, beat.length) == beat.length) {
      if (platform.heartbeat(this)) {
        stream.output().write(beat);
      }
    }
    stream.endOutput();
  }

  private Object answer(RequestType type, InputStream input) throws IOException {
    if (type == RequestType.AUTH) {
      return authenticated(Messages.read(input, Auth.class));
    }
    if (!login.isOpen()) {
      throw new ProtocolException(
          WireError.PROTOCOL, "an agent has sent %s before it logged in".formatted(type.word()));
    }
    return switch (type) {
      case BIND -> bound(Messages.read(input, Bind.class));
      case UNBIND -> {
        Unbind request = Messages.read(input, Unbind.class);
        yield outcome(() -> platform.unbind(this, request.id()));
      }
      case PATCH_TUNNEL -> {
        PatchTunnel request = Messages.read(input, PatchTunnel.class);
        yield outcome(() -> platform.patch(this, request));
      }
      case SERVER_INFO -> new ServerInfo("us");
      case START_TUNNEL_WITH_LABEL ->
          new Outcome("the simulator does not model endpoints with labels");
      default ->
          throw new ProtocolException(WireError.PROTOCOL, "an agent cannot ask for " + type.word());
    };
  }

  private record ServerInfo(@JsonProperty("Region") String region) {}

  private AuthAnswer authenticated(Auth request) throws IOException {
    if (!login.begin()) {
      throw new ProtocolException(WireError.PROTOCOL, "an agent has logged in twice");
    }
    try {
      OpenedSession session = platform.open(this, request);
      if (!login.opened()) {
        sessionEnded();
      }
      return AuthAnswer.accepted(session);
    } catch (Refused e) {
      login.refused();
      raw.setSoTimeout(PATIENCE);
      return AuthAnswer.refused(e);
    }
  }

  private BindAnswer bound(Bind request) {
    try {
      return BindAnswer.accepted(request, platform.bind(this, request));
    } catch (Refused e) {
      return BindAnswer.refused(request, e);
    }
  }

  private interface Work {
    void run() throws Refused;
  }

  private static Outcome outcome(Work work) {
    try {
      work.run();
      return Outcome.DONE;
    } catch (Refused e) {
      return new Outcome(e.text());
    }
  }
}
