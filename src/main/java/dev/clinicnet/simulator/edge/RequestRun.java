package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.RequestEffects;
import dev.clinicnet.simulator.traffic.Unreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs a request through the rules of the public endpoint and of those behind it. */
final class RequestRun implements AutoCloseable {
  private final EdgeParts parts;
  private final ClientConnection connection;
  private final HTTPHosts.Admitted admitted;
  private final List<Decision> decisions;
  private final List<Exchange> exchanges = new ArrayList<>();

  RequestRun(EdgeParts parts, ClientConnection connection, HTTPHosts.Admitted admitted) {
    this.parts = parts;
    this.connection = connection;
    this.admitted = admitted;
    this.decisions = new ArrayList<>(admitted.decisions());
  }

  /** The response. Its body must be read before this is closed. */
  HTTPResponse run(HTTPRequest request) throws IOException {
    return run(request, new Hop(admitted.endpoint(), 0));
  }

  /** The rules that have decided. */
  List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** Closes the connections to upstreams. */
  @Override
  public void close() {
    exchanges.forEach(Exchange::close);
  }

  private HTTPResponse run(HTTPRequest request, Hop hop) throws IOException {
    return parts
        .policies()
        .request(hop.endpoint.endpoint(), connection, admitted.connected(), request, hop);
  }

  /** One endpoint on the way. */
  private final class Hop implements RequestEffects {
    private final OnlineEndpoint endpoint;
    private final int hops;
    private Unreachable unreachable;

    Hop(OnlineEndpoint endpoint, int hops) {
      this.endpoint = endpoint;
      this.hops = hops;
    }

    @Override
    public HTTPResponse forward(String url, HTTPRequest request) throws Unreachable, IOException {
      Hops.check(hops);
      Hop next = new Hop(parts.directory().internal(url, EndpointDirectory.REQUESTS), hops + 1);
      HTTPResponse response = run(request, next);
      if (next.unreachable != null) {
        // The forwarding rule must learn of the failure, because its policy may go on.
        throw next.unreachable;
      }
      return response;
    }

    @Override
    public HTTPResponse pass(HTTPRequest request) throws Unreachable, IOException {
      Wire upstream;
      try {
        upstream = parts.upstreams().open(endpoint, connection, false);
      } catch (Unreachable e) {
        unreachable = e;
        throw e;
      }
      Runnable close = () -> parts.upstreams().close(upstream);
      Exchange exchange =
          endpoint.upstream().filter(Upstream::speaksHTTP2).isPresent()
              ? new HTTP2Exchange(upstream, close)
              : new HTTP1Exchange(upstream, close);
      exchanges.add(exchange);
      return exchange.send(request, parts.threads());
    }

    @Override
    public void decided(Decision decision) {
      decisions.add(decision);
    }
  }
}
