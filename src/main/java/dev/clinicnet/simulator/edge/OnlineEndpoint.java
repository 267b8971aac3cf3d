package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Endpoint;
import java.util.Optional;

/**
 * An endpoint that traffic can reach.
 *
 * @param scheme {@code http}, {@code https}, {@code tcp} or {@code tls}
 * @param host a host name; a wildcard ({@code *.example.com}) stands for every name below it,
 *     however deep, where no more specific one is online
 * @param internal reached by {@code forward-internal} alone; otherwise from outside alone
 * @param upstream where an agent leads; empty for a cloud endpoint
 */
public record OnlineEndpoint(
    Endpoint endpoint,
    String scheme,
    String host,
    int port,
    boolean internal,
    Optional<Upstream> upstream) {

  String hostport() {
    return host + ":" + port;
  }
}
