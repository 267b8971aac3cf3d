package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.Decision;
import java.util.List;

/**
 * A connection over TLS: its requests must be for the name in the client's hello, because the
 * connection has passed the rules of that name's endpoint. Requests for other names get 421, so
 * that the client opens another connection for them.
 */
record SecureHosts(
    EndpointDirectory directory,
    String sni,
    OnlineEndpoint endpoint,
    Connected connected,
    List<Decision> decisions)
    implements HTTPHosts {

  @Override
  public Admitted admit(String host) throws Refusal {
    if (!host.equals(sni)) {
      throw new Refusal(
          Failure.plain(
              421, "The connection was opened for another host than %s.".formatted(host)));
    }
    OnlineEndpoint now = directory.again(endpoint).orElse(null);
    if (now == null) {
      throw new Refusal(
          directory.https(host).isEmpty()
              ? Failure.offline(host)
              : Failure.plain(421, "The connection was opened for an endpoint that is gone."));
    }
    return new Admitted(now, connected, decisions);
  }
}
