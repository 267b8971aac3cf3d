package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.ConnectEffects;
import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.TLSFacts;
import dev.clinicnet.simulator.traffic.TLSSettings;
import dev.clinicnet.simulator.traffic.Unmodelled;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a connection through the rules on connect of the public endpoint and of those behind it. */
final class ConnectionRun implements ConnectEffects {
  private final EdgeParts parts;
  private final OnlineEndpoint endpoint;
  private final ClientConnection connection;
  private final List<Decision> decisions = new ArrayList<>();
  private final boolean tls;
  private Wire wire;
  private int hops;
  private boolean logged;

  ConnectionRun(EdgeParts parts, OnlineEndpoint endpoint, ClientConnection connection, Wire wire) {
    this.parts = parts;
    this.endpoint = endpoint;
    this.connection = connection;
    this.wire = wire;
    this.tls = endpoint.scheme().equals("tls");
  }

  /** Carries a tcp or tls connection until it has ended. */
  void carry() throws IOException {
    try {
      if (connect().fate() == Connected.Fate.GOES_ON) {
        pass(endpoint);
      }
    } catch (Unreachable e) {
      decisions.add(Failure.decision(endpoint, e));
    } catch (Unmodelled e) {
      decisions.add(Failure.decision(endpoint, e));
    } finally {
      outcome("closed");
      wire.close();
    }
  }

  /** Runs only the rules on connect of the public endpoint. */
  Connected connect() throws IOException {
    return parts.policies().connect(endpoint.endpoint(), connection, this);
  }

  /** Ends TLS for an https endpoint if no rule has ended it. */
  TLSFacts terminateByDefault() throws IOException {
    return terminateTLS(TLSSettings.defaults());
  }

  /** The connection, with TLS if it was ended here. */
  Wire wire() {
    return wire;
  }

  /** The rules that have decided. */
  List<Decision> decisions() {
    return decisions;
  }

  /** Logs the end of the connection, once. */
  void outcome(String outcome) {
    if (!logged) {
      logged = true;
      parts
          .log()
          .add(
              new TrafficLog.Entry(
                  parts.account().clock().instant(),
                  endpoint.endpoint().url(),
                  Failure.text(connection.client()),
                  "",
                  outcome,
                  List.copyOf(decisions)));
    }
  }

  @Override
  public TLSFacts terminateTLS(TLSSettings settings) throws IOException {
    if (endpoint.scheme().equals("http")) {
      throw new Unmodelled("terminate-tls on an http endpoint");
    }
    if (wire.isSecured()) {
      throw new Unmodelled("terminate-tls where TLS was ended before");
    }
    try {
      ServerIdentity identity =
          settings.serverCertificate().isEmpty()
              ? parts.certificates().of(name())
              : ServerIdentity.read(settings.serverCertificate(), settings.serverPrivateKey());
      TLSTermination.Terminated terminated =
          parts.termination().shakeHands(wire, settings, identity, connection.sni(), isHTTP());
      wire = terminated.wire();
      return terminated.facts();
    } catch (IOException e) {
      decisions.add(
          new Decision(endpoint.endpoint().url(), "", "", "TLS handshake: " + e.getMessage()));
      outcome("handshake failed");
      throw e;
    }
  }

  /** The name in the edge's certificate. */
  private String name() {
    return connection.sni().isEmpty() ? endpoint.host() : connection.sni();
  }

  private boolean isHTTP() {
    return EndpointDirectory.REQUESTS.contains(endpoint.scheme());
  }

  @Override
  public void forward(String url) throws Unreachable, IOException {
    if (isHTTP()) {
      throw new Unmodelled("forward-internal in on_tcp_connect of an http or https endpoint");
    }
    Hops.check(hops);
    OnlineEndpoint target = parts.directory().internal(url, EndpointDirectory.CONNECTIONS);
    hops++;
    try {
      Connected connected = parts.policies().connect(target.endpoint(), connection, this);
      if (connected.fate() == Connected.Fate.GOES_ON) {
        pass(target);
      }
    } finally {
      hops--;
    }
  }

  @Override
  public void decided(Decision decision) {
    decisions.add(decision);
  }

  private void pass(OnlineEndpoint target) throws Unreachable, IOException {
    Optional<Upstream.Termination> termination = target.upstream().flatMap(Upstream::termination);
    boolean encrypted = tls && !wire.isSecured() && termination.isEmpty();
    String session = target.upstream().map(Upstream::session).orElse("");
    parts.connections().add(wire.raw(), session);
    Wire client = termination.isPresent() ? terminated(termination.get()) : wire;
    Wire upstream = parts.upstreams().open(target, connection, encrypted);
    try {
      outcome("forwarded");
      new Relay(client, upstream).run(parts.threads());
    } finally {
      parts.upstreams().close(upstream);
    }
  }

  /** Ends TLS like the agent. The edge cannot read the content. */
  private Wire terminated(Upstream.Termination termination) throws IOException {
    TLSSettings settings =
        new TLSSettings(
            PemText.certificates(termination.authorities()),
            TLSSettings.Verification.REQUIRE_AND_VERIFY,
            "1.2",
            "1.3",
            termination.certificate(),
            termination.privateKey());
    terminateTLS(settings);
    return wire;
  }
}
