package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Endpoint;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account that holds what a test puts into it. */
final class TestAccount implements EdgeAccount {
  private final List<OnlineEndpoint> endpoints = new CopyOnWriteArrayList<>();
  private final Map<String, String> authorities = new ConcurrentHashMap<>();

  /** A cloud endpoint. */
  TestAccount cloud(String url, String policy) {
    endpoints.add(endpoint(url, policy, Optional.empty()));
    return this;
  }

  /** An agent's endpoint. */
  TestAccount agent(String url, Upstream upstream) {
    return agent(url, "", upstream);
  }

  TestAccount agent(String url, String policy, Upstream upstream) {
    endpoints.add(endpoint(url, policy, Optional.of(upstream)));
    return this;
  }

  void remove(String url) {
    endpoints.removeIf(each -> each.endpoint().url().equals(url));
  }

  /** A certificate authority with an id. */
  TestAccount authority(String id, String pem) {
    authorities.put(id, pem);
    return this;
  }

  static Upstream upstream(String session, String url) {
    return new Upstream(session, "agent-" + session, url, "", "", Optional.empty(), Map.of());
  }

  static Upstream upstream(String session, InetSocketAddress address) {
    return upstream(session, "127.0.0.1:" + address.getPort());
  }

  private OnlineEndpoint endpoint(String url, String policy, Optional<Upstream> upstream) {
    String scheme = url.substring(0, url.indexOf("://"));
    String rest = url.substring(scheme.length() + 3);
    int colon = rest.indexOf(':');
    String host = colon < 0 ? rest : rest.substring(0, colon);
    int port =
        colon < 0 ? scheme.equals("http") ? 80 : 443 : Integer.parseInt(rest.substring(colon + 1));
    return new OnlineEndpoint(
        new Endpoint("ep_" + endpoints.size() + "_" + System.nanoTime(), url, policy),
        scheme,
        host,
        port,
        host.endsWith(".internal"),
        upstream);
  }

  @Override
  public List<OnlineEndpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Optional<String> secret(String vault, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<List<AddressRule>> ipPolicy(String id) {
    return Optional.empty();
  }

  @Override
  public Optional<String> certificateAuthority(String id) {
    return Optional.ofNullable(authorities.get(id));
  }

  @Override
  public Optional<String> keySet(String url) {
    return Optional.empty();
  }

  @Override
  public Optional<Login> login(String cookie) {
    return Optional.empty();
  }
}
