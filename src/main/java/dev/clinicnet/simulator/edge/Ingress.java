package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.TLSFacts;
import dev.clinicnet.simulator.traffic.TLSSettings;
import dev.clinicnet.simulator.traffic.Unmodelled;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handles a connection to each port of the edge. */
final class Ingress {
  /** The name in the certificate if a client has named no server. */
  private static final String NO_NAME = "localhost";

  private final EdgeParts parts;

  Ingress(EdgeParts parts) {
    this.parts = parts;
  }

  /** Port 80. */
  void http(Wire wire) throws IOException {
    ClientConnection connection = arrival(wire, Arrival.SPEAKING_CLIENT).connection("");
    new HTTPSession(parts, wire, "http", connection, new PlainHosts(parts, wire, connection)).run();
  }

  /** Port 443. */
  void https(Wire wire) throws IOException {
    Arrival arrival = arrival(wire, Arrival.SPEAKING_CLIENT);
    String sni = ClientHello.peek(wire.ahead()).sni();
    ClientConnection connection = arrival.connection(sni);
    Optional<OnlineEndpoint> endpoint =
        sni.isEmpty() ? Optional.empty() : parts.directory().https(sni);
    if (endpoint.isEmpty()) {
      offline(wire, connection);
      return;
    }
    ConnectionRun run = new ConnectionRun(parts, endpoint.get(), connection, wire);
    if (endpoint.get().scheme().equals("tls")) {
      run.carry();
    } else {
      requests(run, endpoint.get(), connection);
    }
  }

  /** A TCP address. */
  void tcp(Wire wire, String host, int port) throws IOException {
    Optional<OnlineEndpoint> endpoint = parts.directory().tcp(host, port);
    if (endpoint.isPresent()) {
      Arrival arrival = arrival(wire, Arrival.SILENT_CLIENT);
      new ConnectionRun(parts, endpoint.get(), arrival.connection(""), wire).carry();
    }
  }

  /** A private dial to an internal endpoint. */
  void dial(Wire wire, String url) throws IOException {
    boolean requests = url.startsWith("http");
    OnlineEndpoint endpoint;
    try {
      endpoint =
          parts
              .directory()
              .internal(url, requests ? EndpointDirectory.REQUESTS : EndpointDirectory.CONNECTIONS);
    } catch (Unreachable e) {
      return;
    }
    if (requests) {
      ClientConnection connection = arrival(wire, Arrival.SPEAKING_CLIENT).connection("");
      Connected connected = new Connected(Connected.Fate.GOES_ON, Optional.empty(), Map.of());
      HTTPHosts hosts = any -> new HTTPHosts.Admitted(endpoint, connected, List.of());
      new HTTPSession(parts, wire, "http", connection, hosts).run();
    } else {
      Arrival arrival = arrival(wire, Arrival.SILENT_CLIENT);
      String sni = endpoint.scheme().equals("tls") ? ClientHello.peek(wire.ahead()).sni() : "";
      new ConnectionRun(parts, endpoint, arrival.connection(sni), wire).carry();
    }
  }

  private Arrival arrival(Wire wire, int wait) throws IOException {
    return Arrival.of(wire, wait, parts.account().clock().instant());
  }

  private void offline(Wire wire, ClientConnection connection) throws IOException {
    String host = connection.sni().isEmpty() ? NO_NAME : connection.sni();
    TLSTermination.Terminated terminated =
        parts
            .termination()
            .shakeHands(
                wire,
                TLSSettings.defaults(),
                parts.certificates().of(host),
                connection.sni(),
                true);
    HTTPHosts none =
        unserved -> {
          throw new Refusal(Failure.offline(unserved));
        };
    new HTTPSession(parts, terminated.wire(), "https", connection, none).run();
  }

  private void requests(ConnectionRun run, OnlineEndpoint endpoint, ClientConnection connection)
      throws IOException {
    Connected connected;
    try {
      connected = run.connect();
    } catch (Unmodelled e) {
      run.decided(Failure.decision(endpoint, e));
      run.outcome("closed");
      throw new ProtocolException(e.getMessage());
    }
    if (connected.fate() != Connected.Fate.GOES_ON) {
      run.outcome("closed");
      return;
    }
    TLSFacts facts = connected.tls().isPresent() ? connected.tls().get() : run.terminateByDefault();
    Connected after = new Connected(connected.fate(), Optional.of(facts), connected.variables());
    HTTPHosts hosts =
        new SecureHosts(
            parts.directory(), connection.sni(), endpoint, after, List.copyOf(run.decisions()));
    new HTTPSession(parts, run.wire(), "https", connection, hosts).run();
  }
}
