package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.agent.AgentConfig;
import dev.clinicnet.operator.agent.AgentEndpoint;
import dev.clinicnet.operator.agent.AgentFile;
import dev.clinicnet.operator.agent.SiteNetwork;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.simulator.edge.Carrier;
import dev.clinicnet.simulator.edge.Edge;
import dev.clinicnet.simulator.edge.Upstream;
import dev.clinicnet.simulator.wire.AgentLink;
import dev.clinicnet.simulator.wire.AgentPlatform;
import dev.clinicnet.simulator.wire.AgentPort;
import dev.clinicnet.simulator.wire.Auth;
import dev.clinicnet.simulator.wire.Bind;
import dev.clinicnet.simulator.wire.BoundEndpoint;
import dev.clinicnet.simulator.wire.OpenedSession;
import dev.clinicnet.simulator.wire.PatchTunnel;
import dev.clinicnet.simulator.wire.ProxyStart;
import dev.clinicnet.testkit.RealAgents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sites whose agents are processes of their own, on ngrok's Go SDK. Each service has an agent with
 * the file that the operator writes. A platform that refuses nothing is enough for them.
 */
final class RealSite implements SocketGateway.Agent, AgentPlatform, AutoCloseable {
  private final Edge edge;
  private final AgentPort port;
  private final RealAgents agents;
  private final Map<String, Carrier> carriers = new ConcurrentHashMap<>();

  RealSite() {
    try {
      edge = Edge.start(new TestAccount());
      port = AgentPort.open(0, edge.agentTLS(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    agents = RealAgents.start("localhost:" + port.address().getPort(), edge.certificateAuthority());
  }

  @Override
  public Upstream upstream(PublishedService service, InetSocketAddress place) {
    String name = service.service().getMetadata().getName();
    String url = service.service().getSpec().upstream().url();
    AgentEndpoint endpoint =
        new AgentEndpoint(
            name, service.forwardURL(), url, null, null, service.termination().orElse(null));
    AgentConfig config =
        new AgentConfig(
            "clinics/" + name,
            null,
            "test",
            "clinic1.internal",
            new Token("2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1"),
            null,
            SiteNetwork.OPEN,
            false,
            List.of(endpoint),
            null);
    agents.run(name, AgentFile.text(config));
    agents.upstream(name, URI.create(url).getAuthority(), place);
    agents.awaitEvent(name, "bound");
    return new Upstream(
        "ts_" + name,
        name,
        url,
        "",
        "",
        Optional.empty(),
        Map.of(),
        Optional.of(carriers.get(service.forwardURL())));
  }

  /** The SDK makes the TLS handshake with the first byte, and dials before that. */
  @Override
  public boolean dialsBefore(Outcome outcome) {
    return outcome == Outcome.CERTIFICATE_REFUSED;
  }

  @Override
  public OpenedSession open(AgentLink link, Auth request) {
    return new OpenedSession("client", "ts_1", "cookie");
  }

  @Override
  public BoundEndpoint bind(AgentLink link, Bind request) {
    String url = request.url();
    String scheme = url.substring(0, url.indexOf(':'));
    carriers.put(
        url,
        (client, encrypted) ->
            link.connect(
                ProxyStart.of(
                    url,
                    client.getAddress().getHostAddress() + ":" + client.getPort(),
                    scheme,
                    encrypted)));
    return new BoundEndpoint(url, url, "tn_1");
  }

  @Override
  public void unbind(AgentLink link, String bindId) {
    carriers.remove(bindId);
  }

  @Override
  public void patch(AgentLink link, PatchTunnel request) {
    throw new AssertionError("no agent changes its endpoints here");
  }

  @Override
  public boolean heartbeat(AgentLink link) {
    return true;
  }

  @Override
  public void ended(AgentLink link, boolean crashed) {
    // Nobody looks.
  }

  @Override
  public void close() {
    agents.close();
    port.close();
    edge.close();
  }
}
