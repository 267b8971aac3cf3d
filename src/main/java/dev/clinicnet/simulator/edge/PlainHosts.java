package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection without TLS: each request says for which host it is. */
final class PlainHosts implements HTTPHosts {
  private final EdgeParts parts;
  private final Wire wire;
  private final ClientConnection connection;
  private final Map<String, Admitted> admitted = new HashMap<>();

  PlainHosts(EdgeParts parts, Wire wire, ClientConnection connection) {
    this.parts = parts;
    this.wire = wire;
    this.connection = connection;
  }

  @Override
  public Admitted admit(String host) throws Refusal, IOException {
    Optional<OnlineEndpoint> endpoint = parts.directory().http(host);
    if (endpoint.isEmpty()) {
      throw new Refusal(Failure.offline(host));
    }
    OnlineEndpoint now = endpoint.get();
    Admitted before = admitted.get(now.endpoint().id());
    if (before != null) {
      return new Admitted(now, before.connected(), before.decisions());
    }
    ConnectionRun run = new ConnectionRun(parts, now, connection, wire);
    Admitted first = new Admitted(now, run.connect(), List.copyOf(run.decisions()));
    admitted.put(now.endpoint().id(), first);
    return first;
  }
}
