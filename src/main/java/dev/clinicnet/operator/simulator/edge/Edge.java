package dev.clinicnet.operator.simulator.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Listeners on 127.0.0.1 that stand for the platform's edge: one for http, one that https and tls
 * share, and one for each TCP address. A connection may begin with a PROXY header, version 1 or 2,
 * that says from where the client comes.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Edge implements AutoCloseable {

  /**
   * Starts to listen, on free ports.
   *
   * @throws IOException if no port can be had
   */
  public static Edge start(EdgeAccount account) throws IOException {
    throw new IOException("not built yet");
  }

  /** The authority that has signed the edge's certificates, made at the start: PEM. */
  public String certificateAuthority() {
    throw new UnsupportedOperationException();
  }

  /**
   * The listener for each public endpoint that is online, by its URL. A TCP address keeps its
   * listener as long as the edge runs.
   */
  public Map<String, InetSocketAddress> addresses() {
    throw new UnsupportedOperationException();
  }

  /** What has become of the latest connections and requests, oldest first. */
  public TrafficLog log() {
    throw new UnsupportedOperationException();
  }

  /** Cuts the connections that go through the agent of a session. */
  public void sessionEnded(String session) {
    throw new UnsupportedOperationException();
  }

  /** Forgets rates and the log, and cuts every connection. */
  public void reset() {
    throw new UnsupportedOperationException();
  }

  /** Stops at once. */
  @Override
  public void close() {}
}
