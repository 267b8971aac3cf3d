package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.Decision;
import java.util.List;

/**
 * A connection over TLS: its requests are for the name in the client's hello alone, since the rules
 * on connect that it has passed are those of that name's endpoint. Others are answered with 421, so
 * that a client opens another connection for them.
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
