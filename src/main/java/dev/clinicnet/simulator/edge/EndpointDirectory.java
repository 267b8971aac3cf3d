package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Unreachable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the endpoint for a name. Several endpoints of one URL are a pool, from which one is chosen
 * at random.
 */
final class EndpointDirectory {
  static final Set<String> REQUESTS = Set.of("http", "https");
  static final Set<String> CONNECTIONS = Set.of("tcp", "tls");
  private static final Map<String, Integer> DEFAULT_PORTS =
      Map.of("http", 80, "https", 443, "tls", 443);
  private static final int NO_PORT = 0;
  private static final Pattern URL = Pattern.compile("([a-z]+)://([a-z0-9._-]+)(?::(\\d{1,5}))?/?");
  private static final String ANY = "*.";

  private final EdgeAccount account;

  EndpointDirectory(EdgeAccount account) {
    this.account = account;
  }

  /** The endpoint on port 80 for a host. */
  Optional<OnlineEndpoint> http(String host) {
    return byHost(online(each -> !each.internal() && each.scheme().equals("http")), host);
  }

  /** The endpoint on port 443 for a name in a client's hello. */
  Optional<OnlineEndpoint> https(String host) {
    return byHost(
        online(
            each ->
                !each.internal() && (each.scheme().equals("https") || each.scheme().equals("tls"))),
        host);
  }

  /** The endpoint at a TCP address. */
  Optional<OnlineEndpoint> tcp(String host, int port) {
    return pick(
        online(
            each ->
                !each.internal()
                    && each.scheme().equals("tcp")
                    && each.host().equals(host)
                    && each.port() == port));
  }

  /** The present version of an endpoint; empty when it is offline. */
  Optional<OnlineEndpoint> again(OnlineEndpoint endpoint) {
    return account.endpoints().stream()
        .filter(each -> each.endpoint().id().equals(endpoint.endpoint().id()))
        .findFirst();
  }

  /**
   * The internal endpoint that a policy names.
   *
   * @param schemes the schemes that can carry the traffic
   */
  OnlineEndpoint internal(String url, Set<String> schemes) throws Unreachable {
    Place place = place(url);
    if (!schemes.contains(place.scheme())) {
      throw new Unreachable(
          "ERR_NGROK_3200", "the endpoint %s is not of the same protocol".formatted(url));
    }
    return byHost(
            online(
                each ->
                    each.internal()
                        && each.scheme().equals(place.scheme())
                        && each.port() == place.port()),
            place.host())
        .orElseThrow(() -> offline(url));
  }

  private record Place(String scheme, String host, int port) {}

  private static Place place(String url) throws Unreachable {
    Matcher matcher = URL.matcher(url.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw offline(url);
    }
    String scheme = matcher.group(1);
    int port =
        matcher.group(3) == null
            ? DEFAULT_PORTS.getOrDefault(scheme, NO_PORT)
            : Integer.parseInt(matcher.group(3));
    return new Place(scheme, matcher.group(2), port);
  }

  private static Unreachable offline(String url) {
    return new Unreachable("ERR_NGROK_3200", "the endpoint %s is offline".formatted(url));
  }

  private List<OnlineEndpoint> online(Predicate<OnlineEndpoint> which) {
    return account.endpoints().stream().filter(which).toList();
  }

  private static Optional<OnlineEndpoint> byHost(List<OnlineEndpoint> endpoints, String host) {
    Optional<String> best =
        endpoints.stream()
            .map(OnlineEndpoint::host)
            .filter(each -> covers(each, host))
            .max(
                Comparator.comparing((String each) -> each.equals(host))
                    .thenComparing(String::length));
    return best.flatMap(
        each -> pick(endpoints.stream().filter(one -> one.host().equals(each)).toList()));
  }

  /** A wildcard covers every depth below its name, and not the name itself. */
  private static boolean covers(String pattern, String host) {
    return pattern.equals(host)
        || (pattern.startsWith(ANY)
            && host.length() >= pattern.length()
            && host.endsWith(pattern.substring(1)));
  }

  private static Optional<OnlineEndpoint> pick(List<OnlineEndpoint> pool) {
    return pool.isEmpty()
        ? Optional.empty()
        : Optional.of(pool.get(ThreadLocalRandom.current().nextInt(pool.size())));
  }
}
