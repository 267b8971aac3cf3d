package dev.clinicnet.operator.simulator.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listeners on 127.0.0.1 that stand for the platform's edge: one for http, one that https and tls
 * share, and one for each TCP address. A connection may begin with a PROXY header, version 1 or 2,
 * that says from where the client comes.
 */
public final class Edge implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 10;

  private final EdgeCertificates certificates;
  private final ExecutorService threads;
  private final EdgeParts parts;
  private final Ingress ingress;
  private final Listener http;
  private final Listener https;
  private final Map<String, Listener> tcp = new HashMap<>();
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
   * @throws IOException if no port can be had
   */
  public static Edge start(EdgeAccount account) throws IOException {
    return new Edge(account);
  }

  /** The authority that has signed the edge's certificates, made at the start: PEM. */
  public String certificateAuthority() {
    return PemText.of(certificates.authority());
  }

  /**
   * The listener for each public endpoint that is online, by its URL. A TCP address keeps its
   * listener as long as the edge runs; it is opened when this first sees the endpoint.
   *
   * @throws UncheckedIOException if no port can be had for a TCP address
   */
  public synchronized Map<String, InetSocketAddress> addresses() {
    Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    for (OnlineEndpoint each : parts.account().endpoints()) {
      if (!each.internal() && !closed) {
        addresses.put(each.endpoint().url(), listener(each).address());
      }
    }
    return addresses;
  }

  private Listener listener(OnlineEndpoint endpoint) {
    return switch (endpoint.scheme()) {
      case "http" -> http;
      case "https", "tls" -> https;
      default ->
          tcp.computeIfAbsent(
              endpoint.host() + ":" + endpoint.port(),
              address -> tcp(endpoint.host(), endpoint.port()));
    };
  }

  private Listener tcp(String host, int port) {
    try {
      return Listener.open(parts, wire -> ingress.tcp(wire, host, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has become of the latest connections and requests, oldest first. */
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

  /** Stops at once: when it returns, no thread of the edge is left. */
  @Override
  public synchronized void close() {
    closed = true;
    http.close();
    https.close();
    tcp.values().forEach(Listener::close);
    threads.shutdown();
    parts.connections().cutAll();
    threads.shutdownNow();
    try {
      // What was accepted while the listeners closed is cut as well.
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
