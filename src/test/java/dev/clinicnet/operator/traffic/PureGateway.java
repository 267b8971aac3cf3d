package dev.clinicnet.operator.traffic;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.ConnectEffects;
import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.ConnectionClosed;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.Endpoint;
import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.RequestEffects;
import dev.clinicnet.simulator.traffic.TLSFacts;
import dev.clinicnet.simulator.traffic.TLSSettings;
import dev.clinicnet.simulator.traffic.TrafficPolicies;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** Runs policies without any network: handshakes and the upstream are played. */
final class PureGateway implements Gateway {
  private final TestAccount account = new TestAccount();
  private final TrafficPolicies policies = new TrafficPolicies(account);
  private final PublishedService service;
  private final Endpoint endpoint;
  private final Endpoint internal;
  private boolean forwarded;
  private boolean refusedCertificate;
  private Optional<Decision> decision = Optional.empty();

  PureGateway(PublishedService service) {
    this.service = service;
    endpoint = new Endpoint("ep_1", service.url(), service.policy());
    internal = new Endpoint("ep_2", service.forwardURL(), service.agentPolicy());
    account.vault(service.vault(), service.secrets());
  }

  @Override
  public Outcome outcome(Attempt attempt) {
    account.moveTo(attempt.at());
    forwarded = false;
    refusedCertificate = false;
    decision = Optional.empty();
    try {
      Outcome outcome = run(attempt);
      if (outcome.reached() != forwarded) {
        throw new AssertionError(
            "%s is %s although the upstream was%s reached"
                .formatted(attempt, outcome, forwarded ? "" : " not"));
      }
      return outcome;
    } catch (ConnectionClosed e) {
      return Outcome.CLOSED;
    } catch (IOException e) {
      if (!refusedCertificate) {
        throw new AssertionError(attempt.toString(), e);
      }
      return Outcome.CERTIFICATE_REFUSED;
    }
  }

  @Override
  public Outcome dialled(Attempt attempt, String guess) {
    account.moveTo(attempt.at());
    forwarded = false;
    HTTPRequest request = request(attempt);
    if (!guess.isEmpty()) {
      request.headers().set(LOCK_HEADER, guess);
    }
    try {
      HTTPResponse response =
          policies.request(
              internal, connection(attempt), noTLS(), request, new PlayedInternalEndpoint());
      Outcome outcome = Outcome.ofStatus(response.status());
      if (outcome.reached() != forwarded) {
        throw new AssertionError("a dial by %s is %s".formatted(attempt, outcome));
      }
      return outcome;
    } catch (IOException e) {
      throw new AssertionError(attempt.toString(), e);
    }
  }

  /** The decision that ended the last attempt at the public endpoint. */
  Optional<Decision> decision() {
    return decision;
  }

  private Outcome run(Attempt attempt) throws IOException {
    ClientConnection connection = connection(attempt);
    Connected connected = policies.connect(endpoint, connection, new PlayedConnection(attempt));
    if (connected.fate() != Connected.Fate.GOES_ON) {
      return connected.fate() == Connected.Fate.REFUSED ? Outcome.CLOSED : Outcome.CONNECTED;
    }
    Connected facts =
        connected.tls().isPresent()
            ? connected
            : new Connected(
                connected.fate(), Optional.of(facts(List.of(), false)), connected.variables());
    HTTPResponse response =
        policies.request(
            endpoint, connection, facts, request(attempt), new PlayedUpstream(connection));
    return Outcome.ofStatus(response.status());
  }

  private ClientConnection connection(Attempt attempt) {
    return new ClientConnection(
        new InetSocketAddress(address(attempt.from()), 50_000),
        new InetSocketAddress(address("127.0.0.1"), 443),
        account.clock().instant(),
        service.scheme().equals("tcp") ? "" : service.host());
  }

  private HTTPRequest request(Attempt attempt) {
    return new HTTPRequest(
        "https",
        attempt.method(),
        service.host(),
        attempt.target(),
        SentHeaders.of(attempt.credential(), account),
        InputStream.nullInputStream());
  }

  private Connected noTLS() {
    return new Connected(Connected.Fate.GOES_ON, Optional.of(facts(List.of(), false)), Map.of());
  }

  private void forwardTo(String url) {
    if (!url.equals(service.forwardURL())) {
      throw new AssertionError("forwarded to " + url + ", which is not the service's");
    }
    forwarded = true;
  }

  private TLSFacts facts(List<X509Certificate> chain, boolean verified) {
    return new TLSFacts("tls1.3", "TLS_AES_128_GCM_SHA256", service.host(), chain, verified);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private final class PlayedConnection implements ConnectEffects {
    private final Attempt attempt;

    PlayedConnection(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public TLSFacts terminateTLS(TLSSettings settings) throws IOException {
      PlayedHandshake handshake =
          new PlayedHandshake(attempt.certificate(), account.clock().instant());
      boolean verified = handshake.verifiedBy(settings.authorities());
      boolean accepted =
          settings.authorities().isEmpty()
              || switch (settings.verification()) {
                case REQUIRE_AND_VERIFY -> verified;
                case REQUIRE_ANY -> !handshake.chain().isEmpty();
                case REQUEST -> true;
              };
      require(accepted);
      return facts(settings.authorities().isEmpty() ? List.of() : handshake.chain(), verified);
    }

    @Override
    public void forward(String url) throws IOException {
      PlayedHandshake handshake =
          new PlayedHandshake(attempt.certificate(), account.clock().instant());
      require(handshake.passes(service.agentAuthorities()));
      forwardTo(url);
    }

    @Override
    public void decided(Decision what) {
      decision = Optional.of(what);
    }

    private void require(boolean accepted) throws SSLHandshakeException {
      if (!accepted) {
        refusedCertificate = true;
        throw new SSLHandshakeException("bad_certificate");
      }
    }
  }

  /** What is behind the public endpoint: the internal endpoint, with the policy of the site kit. */
  private final class PlayedUpstream implements RequestEffects {
    private final ClientConnection connection;

    PlayedUpstream(ClientConnection connection) {
      this.connection = connection;
    }

    @Override
    public HTTPResponse forward(String url, HTTPRequest request) throws IOException {
      forwardTo(url);
      forwarded = false;
      return policies.request(internal, connection, noTLS(), request, new PlayedInternalEndpoint());
    }

    @Override
    public HTTPResponse pass(HTTPRequest request) {
      throw new AssertionError("a cloud endpoint has no upstream of its own");
    }

    @Override
    public void decided(Decision what) {
      decision = Optional.of(what);
    }
  }

  private final class PlayedInternalEndpoint implements RequestEffects {
    @Override
    public HTTPResponse forward(String url, HTTPRequest request) {
      throw new AssertionError("an agent's endpoint forwards to nothing but its upstream");
    }

    @Override
    public HTTPResponse pass(HTTPRequest request) {
      if (request.headers().first(LOCK_HEADER).isPresent() && !service.agentPolicy().isEmpty()) {
        throw new AssertionError("the upstream gets the secret of the lock");
      }
      forwarded = true;
      return HTTPResponse.text(200, "upstream");
    }

    @Override
    public void decided(Decision what) {
      // Only the decision of the public endpoint is asked for.
    }
  }
}
