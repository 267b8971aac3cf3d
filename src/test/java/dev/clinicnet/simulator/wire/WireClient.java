package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The agent's side of a connection, one frame after the other, as no real agent would do it: a test
 * decides what is sent and when.
 */
public final class WireClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_SECONDS = 20;

  private final Socket socket;
  private final Map<Integer, Received> streams = new ConcurrentHashMap<>();
  private final BlockingQueue<Received> opened = new LinkedBlockingQueue<>();
  private final Thread reader = new Thread(this::read, "wire-client");
  private int last = -1;
  private volatile String away = "";

  /** What has come on a stream. */
  public final class Received {
    private final int id;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    private Received(int id) {
      this.id = id;
    }

    private synchronized void add(Frame frame) {
      bytes.writeBytes(frame.type() == Frame.DATA ? frame.content() : new byte[0]);
      ended |= frame.fin() || frame.type() == Frame.RST;
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    /** Waits until so many bytes have come, or no more will; fewer at the end. */
    public synchronized byte[] await(int count) {
      long until = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
      try {
        while (bytes.size() < count && !ended && System.nanoTime() < until) {
          wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return bytes.toByteArray();
    }

    /** Waits for all bytes. */
    public byte[] awaitAll() {
      return await(Integer.MAX_VALUE);
    }

    /** The number of the platform's request, and its text. */
    public String request() {
      byte[] all = await(6);
      return ByteBuffer.wrap(all).getInt()
          + " "
          + new String(all, 4, all.length - 4, StandardCharsets.UTF_8);
    }

    /** The header of a proxied connection. */
    public JsonNode proxyHeader() {
      int length = Integer.reverseBytes(ByteBuffer.wrap(await(12)).getInt(4));
      return json(new String(await(12 + length), 12, length, StandardCharsets.UTF_8));
    }

    /** The first bytes of the client, after the header. */
    public String payload(int count) {
      int start = 12 + Integer.reverseBytes(ByteBuffer.wrap(await(12)).getInt(4));
      byte[] all = await(start + count);
      return new String(all, start, all.length - start, StandardCharsets.ISO_8859_1);
    }

    /** Sends bytes on the stream, and ends it if so wanted. */
    public void answer(String text, boolean end) {
      send(Frame.data(id, end ? Frame.FIN : 0, text.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  /** Connects, and trusts this authority: PEM. */
  public WireClient(InetSocketAddress address, String authority) {
    try {
      socket = secured(new Socket(address.getAddress(), address.getPort()), authority);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.setDaemon(true);
    reader.start();
  }

  private static SSLSocket secured(Socket raw, String authority) throws IOException {
    try (InputStream pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "edge", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", 443, true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Logs in. */
  public JsonNode login(String authtoken, String clientId, String cookie) {
    return ask(
        RequestType.AUTH,
        """
        {"Version": ["3", "2"], "ClientId": "%s", "Extra": {"OS": "linux", "Version": "3.39.7",
         "Authtoken": "%s", "Metadata": "m", "Cookie": "%s", "StopUnsupportedError": "",
         "RestartUnsupportedError": "", "UpdateUnsupportedError": "not by this agent"}}
        """
            .formatted(clientId, authtoken, cookie));
  }

  /** Binds a URL. */
  public JsonNode bind(String id, String url, boolean pooled) {
    return ask(
        RequestType.BIND,
        """
        {"Id": "%s", "Proto": "%s", "ForwardsTo": "app://test", "Opts": {"URL": "%s"},
         "Extra": {"Name": "%s", "PoolingEnabled": %s}}
        """
            .formatted(id, url.substring(0, url.indexOf(':')), url, id, pooled));
  }

  /** Sends a request, and waits for its answer; a missing node if the connection has ended. */
  public JsonNode ask(RequestType type, String message) {
    byte[] answer = open(type, message).awaitAll();
    return json(new String(answer, StandardCharsets.UTF_8));
  }

  /** Opens a stream with this content. */
  public Received open(RequestType type, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] content = ByteBuffer.allocate(4 + text.length).putInt(type.number()).put(text).array();
    last += 2;
    Received stream = new Received(last);
    streams.put(last, stream);
    send(Frame.data(last, Frame.SYN, content));
    return stream;
  }

  /** The next stream that the platform opens. */
  public Received accept() {
    try {
      Received next = opened.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the platform has opened no stream; " + away);
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says that the agent ends the connection, and ends it. */
  public void leave() {
    send(Frame.goAway(0, WireError.NONE, "no error"));
    close();
  }

  /** Whether the connection has ended, or ends soon. */
  public boolean awaitEnd() {
    try {
      reader.join(PATIENCE_SECONDS * 1000L);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return !reader.isAlive();
  }

  /** The platform's reason for ending the connection; empty without one. */
  public String away() {
    return away;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(Frame frame) {
    try {
      OutputStream output = socket.getOutputStream();
      synchronized (output) {
        output.write(frame.bytes());
        output.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try {
      InputStream input = new BufferedInputStream(socket.getInputStream());
      for (Frame frame = Frame.read(input); frame != null; frame = Frame.read(input)) {
        take(frame);
      }
    } catch (IOException e) {
      // Ended.
    } finally {
      streams.values().forEach(Received::end);
    }
  }

  private void take(Frame frame) {
    if (frame.type() == Frame.GO_AWAY) {
      away = new String(frame.content(), 8, frame.content().length - 8, StandardCharsets.UTF_8);
      return;
    }
    if (frame.syn()) {
      streams.put(frame.stream(), new Received(frame.stream()));
    }
    Received stream = streams.get(frame.stream());
    if (stream != null) {
      stream.add(frame);
    }
    if (frame.syn()) {
      opened.add(stream);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
