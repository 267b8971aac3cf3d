package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.simulator.edge.Edge;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.simulator.edge.OnlineEndpoint;
import dev.clinicnet.simulator.edge.Upstream;
import dev.clinicnet.simulator.traffic.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Runs a service's policy on loopback: real connections, real TLS, a real upstream. */
final class SocketGateway implements Gateway {
  private final TestAccount account = new TestAccount();
  private final PublishedService service;
  private final Agent agent;
  private final LoopbackUpstream upstream;
  private final Edge edge;

  /** Who plays the site. */
  interface Agent {
    /** The way to the upstream of a service, which is on loopback. */
    Upstream upstream(PublishedService service, InetSocketAddress place);

    /**
     * Whether it may have opened an empty connection to the upstream before it refused a client.
     */
    default boolean dialsBefore(Outcome outcome) {
      return false;
    }
  }

  /** With an agent of the edge itself. */
  SocketGateway(PublishedService service) {
    this(service, SocketGateway::simulated);
  }

  SocketGateway(PublishedService service, Agent agent) {
    this.service = service;
    this.agent = agent;
    try {
      upstream = upstream(service);
      edge = Edge.start(account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    account.vault(service.vault(), service.secrets());
    account.online(
        List.of(
            online(new Endpoint("ep_1", service.url(), service.policy()), Optional.empty()),
            online(
                new Endpoint("ep_2", service.forwardURL(), service.agentPolicy()),
                Optional.of(agent.upstream(service, upstream.address())))));
  }

  @Override
  public Outcome outcome(Attempt attempt) {
    account.moveTo(attempt.at());
    int before = upstream.received().size();
    Outcome outcome = attempt.method().isEmpty() ? connect(attempt) : request(attempt);
    List<String> received = upstream.received();
    boolean reached = received.size() > before;
    if (outcome.reached() != reached && !(reached && agent.dialsBefore(outcome))) {
      throw new AssertionError(
          "%s is %s, but the upstream has got %s"
              .formatted(attempt, outcome, received.subList(before, received.size())));
    }
    return outcome;
  }

  @Override
  public Outcome dialled(Attempt attempt, String guess) {
    account.moveTo(attempt.at());
    int before = upstream.received().size();
    String plain = service.forwardURL().replace("https", "http");
    InetSocketAddress place = edge.dial(service.forwardURL());
    Map<String, String> headers = guess.isEmpty() ? Map.of() : Map.of(LOCK_HEADER, guess);
    Outcome outcome =
        Outcome.ofStatus(
            Integer.parseInt(
                EdgeClient.of(() -> Map.of(plain, place), edge.certificateAuthority())
                    .request(attempt.method(), plain + attempt.target(), headers)
                    .outcome()));
    if (outcome.reached() != upstream.received().size() > before) {
      throw new AssertionError("a dial by %s is %s".formatted(attempt, outcome));
    }
    return outcome;
  }

  /** The log of the edge for the last attempt. */
  String log() {
    return edge.log().entries().stream()
        .reduce((first, last) -> last)
        .map(Object::toString)
        .orElse("nothing");
  }

  private Outcome request(Attempt attempt) {
    Map<String, String> headers = new LinkedHashMap<>();
    SentHeaders.of(attempt.credential(), account)
        .fields()
        .forEach(field -> headers.put(field.getKey(), field.getValue()));
    EdgeClient.Answer answer =
        client(attempt).request(attempt.method(), service.url() + attempt.target(), headers);
    return switch (answer.outcome()) {
      case "closed" -> Outcome.CLOSED;
      case "certificate refused" -> Outcome.CERTIFICATE_REFUSED;
      case "handshake failed" -> withoutAlert(answer.body());
      default -> Outcome.ofStatus(Integer.parseInt(answer.outcome()));
    };
  }

  private Outcome connect(Attempt attempt) {
    try (Socket socket = client(attempt).connect(service.url())) {
      byte[] read = socket.getInputStream().readNBytes(LoopbackUpstream.GREETING.length());
      return new String(read, StandardCharsets.UTF_8).equals(LoopbackUpstream.GREETING)
          ? Outcome.CONNECTED
          : Outcome.CLOSED;
    } catch (SSLException e) {
      String message = String.valueOf(e.getMessage());
      return isAboutTheCertificate(message) ? Outcome.CERTIFICATE_REFUSED : withoutAlert(message);
    } catch (IOException e) {
      return Outcome.CLOSED;
    }
  }

  /** Go says unknown_ca for a certificate of another authority, where Java says bad_certificate. */
  private static boolean isAboutTheCertificate(String message) {
    return message.contains("alert")
        && (message.contains("certificate") || message.contains("unknown_ca"));
  }

  /** The end of the connection where the server's hello was due. */
  private static Outcome withoutAlert(String message) {
    return message.contains("terminated the handshake") ? Outcome.CLOSED : Outcome.OTHER;
  }

  private EdgeClient client(Attempt attempt) {
    EdgeClient client = EdgeClient.of(edge).withAddress(attempt.from());
    if (service.scheme().equals("tls")) {
      client = client.withTrust(Site.databaseAuthority().pem());
    }
    return client.withCertificate(attempt.certificate().identity().orElse(null));
  }

  private static OnlineEndpoint online(Endpoint endpoint, Optional<Upstream> agent) {
    URI url = URI.create(endpoint.url());
    return new OnlineEndpoint(
        endpoint,
        url.getScheme(),
        url.getHost(),
        url.getPort() < 0 ? 443 : url.getPort(),
        agent.isPresent(),
        agent);
  }

  private static Upstream simulated(PublishedService service, InetSocketAddress place) {
    String url = service.service().getSpec().upstream().url();
    return new Upstream(
        "ts_1",
        "agent-1",
        url,
        "",
        "",
        service.termination().map(SocketGateway::termination),
        Map.of(URI.create(url).getAuthority(), place));
  }

  private static Upstream.Termination termination(TLSTermination termination) {
    return new Upstream.Termination(
        termination.server().chain().pem(),
        termination.server().privateKey().reveal(),
        termination.clientCAs() == null ? "" : termination.clientCAs().pem());
  }

  private static LoopbackUpstream upstream(PublishedService service) throws IOException {
    if (service.scheme().equals("https")) {
      return LoopbackUpstream.http();
    }
    return service.scheme().equals("tls") && service.termination().isEmpty()
        ? LoopbackUpstream.tls(Site.database())
        : LoopbackUpstream.tcp();
  }

  @Override
  public void close() {
    edge.close();
    try {
      upstream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
