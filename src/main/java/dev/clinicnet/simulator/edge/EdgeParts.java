package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.TrafficPolicies;
import java.util.concurrent.ExecutorService;

/** What every connection through the edge needs. */
record EdgeParts(
    EdgeAccount account,
    TrafficPolicies policies,
    EndpointDirectory directory,
    EdgeCertificates certificates,
    TLSTermination termination,
    OpenConnections connections,
    UpstreamDial upstreams,
    TrafficLog log,
    ExecutorService threads) {

  static EdgeParts of(EdgeAccount account, EdgeCertificates certificates, ExecutorService threads) {
    EndpointDirectory directory = new EndpointDirectory(account);
    OpenConnections connections = new OpenConnections();
    return new EdgeParts(
        account,
        new TrafficPolicies(account),
        directory,
        certificates,
        new TLSTermination(account.clock()),
        connections,
        new UpstreamDial(connections, directory),
        new TrafficLog(),
        threads);
  }
}
