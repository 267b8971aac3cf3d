package dev.clinicnet.simulator.traffic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One endpoint with a policy, a client, and the calls of the edge. */
final class Traffic implements ConnectEffects, RequestEffects {
  final FakeAccount account;
  final TrafficPolicies policies;
  final Endpoint endpoint;
  final List<Decision> decisions = new ArrayList<>();
  final List<String> forwarded = new ArrayList<>();
  final List<HTTPRequest> passed = new ArrayList<>();
  final List<TLSSettings> handshakes = new ArrayList<>();
  final Headers headers = new Headers();
  HTTPResponse upstream = HTTPResponse.text(200, "upstream");
  Optional<TLSFacts> tls = Optional.empty();
  Unreachable unreachable;
  private String client = "203.0.113.7";

  Traffic(String policy) {
    this(policy, new FakeAccount());
  }

  Traffic(String policy, FakeAccount account) {
    this.account = account;
    this.policies = new TrafficPolicies(account);
    this.endpoint = new Endpoint("ep_1", "https://api.example.com", policy);
  }

  Traffic from(String address) {
    this.client = address;
    return this;
  }

  Traffic header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  Connected connect() {
    try {
      return policies.connect(endpoint, connection(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HTTPResponse get(String target) {
    try {
      return request("GET", target, InputStream.nullInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request on a connection that rules have run on. */
  HTTPResponse get(Connected connected, String target) throws IOException {
    HTTPRequest request =
        new HTTPRequest(
            "https",
            "GET",
            "api.example.com",
            target,
            headers.copy(),
            InputStream.nullInputStream());
    return policies.request(endpoint, connection(), connected, request, this);
  }

  HTTPResponse post(String target, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return request("POST", target, new ByteArrayInputStream(bytes));
  }

  HTTPResponse request(String method, String target, InputStream body) throws IOException {
    HTTPRequest request =
        new HTTPRequest("https", method, "api.example.com", target, headers.copy(), body);
    Connected connected = new Connected(Connected.Fate.GOES_ON, tls, Map.of());
    return policies.request(endpoint, connection(), connected, request, this);
  }

  /** The request as it has reached the upstream. */
  HTTPRequest passed() {
    return passed.get(passed.size() - 1);
  }

  Decision decision() {
    return decisions.get(decisions.size() - 1);
  }

  static String body(HTTPResponse response) {
    try {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ClientConnection connection() {
    return new ClientConnection(
        new InetSocketAddress(client, 40000),
        new InetSocketAddress("198.51.100.1", 443),
        FakeAccount.START,
        "api.example.com");
  }

  @Override
  public TLSFacts terminateTLS(TLSSettings settings) {
    handshakes.add(settings);
    return tls.orElseGet(
        () -> new TLSFacts("1.3", "TLS_AES_128_GCM_SHA256", "api.example.com", List.of(), false));
  }

  @Override
  public void forward(String url) throws Unreachable {
    forwarded.add(url);
    failIfUnreachable();
  }

  @Override
  public HTTPResponse forward(String url, HTTPRequest request) throws Unreachable {
    forwarded.add(url);
    passed.add(request);
    failIfUnreachable();
    return upstream;
  }

  @Override
  public HTTPResponse pass(HTTPRequest request) {
    passed.add(request);
    return upstream;
  }

  @Override
  public void decided(Decision decision) {
    decisions.add(decision);
  }

  private void failIfUnreachable() throws Unreachable {
    if (unreachable != null) {
      throw unreachable;
    }
  }
}
