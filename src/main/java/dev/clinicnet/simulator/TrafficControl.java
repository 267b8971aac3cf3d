package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.edge.Edge;
import dev.clinicnet.simulator.edge.TrafficLog;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.TrafficAccount.Login;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The control endpoints for traffic: its entry points, its results, and the logged-in users. */
final class TrafficControl {
  private static final Pattern INTERNAL =
      Pattern.compile("(http|https|tcp|tls)://[a-z0-9.-]+\\.internal(:[0-9]{1,5})?");

  private final Platform platform;
  private final Edge edge;
  private final InetSocketAddress agents;

  TrafficControl(Platform platform, Edge edge, InetSocketAddress agents) {
    this.platform = platform;
    this.edge = edge;
    this.agents = agents;
  }

  ApiResponse edge(IncomingRequest request) {
    if (!request.method().equals("GET")) {
      return ApiResponse.unrouted(request.path());
    }
    ObjectNode view =
        Json.object()
            .put("certificate_authority", edge.certificateAuthority())
            .put("http", hostport(edge.http()))
            .put("https", hostport(edge.https()))
            .put("agents", hostport(agents));
    ArrayNode endpoints = view.putArray("endpoints");
    addresses(request)
        .forEach(
            (url, address) ->
                endpoints.addObject().put("url", url).put("address", hostport(address)));
    return ApiResponse.ok(view);
  }

  /** The entry points for a client at an address, if the query names one. */
  private Map<String, InetSocketAddress> addresses(IncomingRequest request) {
    List<String> from = Query.parse(request.query()).getOrDefault("from", List.of());
    if (from.isEmpty()) {
      return edge.addresses();
    }
    return edge.addressesFrom(Cidr.address(from.get(0)));
  }

  /** A private dial. */
  ApiResponse dial(IncomingRequest request) {
    if (!request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    String url = BodySpec.strings("url").read(request.object()).path("url").asText("");
    if (!INTERNAL.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "'url' must be the URL of an internal endpoint, such as https://api.clinic1.internal");
    }
    return ApiResponse.created(Json.object().put("address", hostport(edge.dial(url))));
  }

  ApiResponse traffic(IncomingRequest request) {
    return switch (request.method()) {
      case "GET" -> ApiResponse.ok(log());
      case "DELETE" -> {
        edge.log().reset();
        yield ApiResponse.noContent();
      }
      default -> ApiResponse.unrouted(request.path());
    };
  }

  ApiResponse keySets(IncomingRequest request) {
    if (!request.method().equals("PUT")) {
      return ApiResponse.unrouted(request.path());
    }
    platform.keySets().replace(request.object());
    return ApiResponse.noContent();
  }

  ApiResponse logins(IncomingRequest request) {
    if (!request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    ObjectNode body = BodySpec.strings("provider", "id", "name", "email").read(request.object());
    String provider = body.path("provider").asText("");
    if (provider.isEmpty()) {
      throw new IllegalArgumentException("'provider' must name an OAuth provider or an issuer URL");
    }
    String email = body.path("email").asText("");
    String cookie =
        platform
            .logins()
            .add(
                new Login(
                    provider,
                    body.path("id").asText("simulated-user"),
                    body.path("name").asText(""),
                    email));
    return ApiResponse.created(Json.object().put("cookie", "simulator-session=" + cookie));
  }

  void reset() {
    edge.reset();
  }

  private ObjectNode log() {
    ObjectNode view = Json.object();
    ArrayNode entries = view.putArray("traffic");
    edge.log().entries().forEach(entry -> entries.add(show(entry)));
    return view;
  }

  private static ObjectNode show(TrafficLog.Entry entry) {
    ObjectNode view =
        Json.object()
            .put("at", entry.at().toString())
            .put("endpoint", entry.endpoint())
            .put("client", entry.client())
            .put("request", entry.request())
            .put("outcome", entry.outcome());
    ArrayNode decisions = view.putArray("decisions");
    for (Decision decision : entry.decisions()) {
      decisions
          .addObject()
          .put("endpoint", decision.endpoint())
          .put("rule", decision.rule())
          .put("action", decision.action())
          .put("note", decision.note());
    }
    return view;
  }

  private static String hostport(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
