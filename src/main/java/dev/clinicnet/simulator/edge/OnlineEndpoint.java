package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Endpoint;
import java.util.Optional;

/**
 * An endpoint that traffic can reach.
 *
 * @param scheme {@code http}, {@code https}, {@code tcp} or {@code tls}
 * @param host a host name; a wildcard ({@code *.example.com}) represents every name below it at any
 *     depth, unless a more specific one is online
 * @param internal whether only {@code forward-internal} and a private dial reach it; otherwise it
 *     is reached only from outside
 * @param upstream the upstream of an agent; empty for a cloud endpoint
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
