package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Listeners on 127.0.0.1 that represent the platform's edge: one for http, one for https and tls,
 * and one for each TCP address. A connection may begin with a PROXY header, version 1 or 2, with
 * the address of the client.
 */
public final class Edge implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 10;

  private final EdgeCertificates certificates;
  private final ExecutorService threads;
  private final EdgeParts parts;
  private final Ingress ingress;
  private final Listener http;
  private final Listener https;
  private final Map<String, Listener> others = new HashMap<>();
  private boolean closed;

  private Edge(EdgeAccount account) throws IOException {
    certificates = new EdgeCertificates();
    threads = threads();
    parts = EdgeParts.of(account, certificates, threads);
    ingress = new Ingress(parts);
    http = Listener.open(parts, ingress::http);
    https = Listener.open(parts, ingress::https);
  }

  /**
   * Starts to listen, on free ports.
   *
   * @throws IOException if no port is free
   */
  public static Edge start(EdgeAccount account) throws IOException {
    return new Edge(account);
  }

  /** The authority that has signed the edge's certificates, in PEM. It is made at the start. */
  public String certificateAuthority() {
    return PemText.of(certificates.authority());
  }

  /**
   * The server's side of TLS for the port of agents: a certificate for localhost and 127.0.0.1.
   *
   * @throws IOException if the certificate cannot be made
   */
  public SSLContext agentTLS() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {certificates.ofThisHost()}, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to be had for agents", e);
    }
  }

  /** The listener of all http endpoints, including future ones. */
  public InetSocketAddress http() {
    return http.address();
  }

  /** The listener of all https and tls endpoints, including future ones. */
  public InetSocketAddress https() {
    return https.address();
  }

  /**
   * The listener for each online public endpoint, by its URL. A TCP address keeps its listener
   * while the edge runs. The listener is opened when this method first sees the endpoint.
   *
   * @throws UncheckedIOException if no port is free for a TCP address
   */
  public Map<String, InetSocketAddress> addresses() {
    return listeners(
        endpoint ->
            switch (endpoint.scheme()) {
              case "http" -> http;
              case "https", "tls" -> https;
              default -> other(endpoint.hostport(), service(endpoint));
            });
  }

  /**
   * The listeners for a client that counts as being at this address. They are for programs that
   * cannot send a PROXY header. Each listener stays while the edge runs.
   *
   * @throws UncheckedIOException if no port is free
   */
  public Map<String, InetSocketAddress> addressesFrom(InetAddress client) {
    return listeners(
        endpoint ->
            other(
                client.getHostAddress() + " " + endpoint.endpoint().url(),
                wire -> service(endpoint).serve(wire.comingFrom(client))));
  }

  /**
   * The listener that represents a private dial: whoever holds an access token of the account opens
   * a connection to an internal endpoint, past every public one. Only the policy of the internal
   * endpoint counts. Requests come without TLS. The listener stays while the edge runs.
   *
   * @param url the URL of an internal endpoint; it need not be online yet
   * @throws UncheckedIOException if no port is free
   */
  public synchronized InetSocketAddress dial(String url) {
    return other("dial " + url, wire -> ingress.dial(wire, url)).address();
  }

  private synchronized Map<String, InetSocketAddress> listeners(
      Function<OnlineEndpoint, Listener> listener) {
    Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    for (OnlineEndpoint each : parts.account().endpoints()) {
      if (!each.internal() && !closed) {
        addresses.put(each.endpoint().url(), listener.apply(each).address());
      }
    }
    return addresses;
  }

  private Listener.Service service(OnlineEndpoint endpoint) {
    return switch (endpoint.scheme()) {
      case "http" -> ingress::http;
      case "https", "tls" -> ingress::https;
      default -> wire -> ingress.tcp(wire, endpoint.host(), endpoint.port());
    };
  }

  private Listener other(String key, Listener.Service service) {
    return others.computeIfAbsent(
        key,
        first -> {
          try {
            return Listener.open(parts, service);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The log of the latest connections and requests, oldest first. */
  public TrafficLog log() {
    return parts.log();
  }

  /** Cuts the connections that go through the agent of a session. */
  public void sessionEnded(String session) {
    parts.connections().cut(session);
  }

  /** Forgets rates and the log, and cuts every connection. */
  public void reset() {
    parts.connections().cutAll();
    parts.policies().reset();
    parts.log().reset();
  }

  /** Stops at once. When it returns, no thread of the edge is left. */
  @Override
  public synchronized void close() {
    closed = true;
    http.close();
    https.close();
    others.values().forEach(Listener::close);
    threads.shutdown();
    parts.connections().cutAll();
    threads.shutdownNow();
    try {
      // Connections that were accepted while the listeners closed are cut too.
      for (int i = 0; i < SECONDS_TO_STOP && !threads.awaitTermination(1, TimeUnit.SECONDS); i++) {
        parts.connections().cutAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "edge-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
