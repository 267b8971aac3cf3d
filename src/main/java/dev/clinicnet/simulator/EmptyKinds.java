package dev.clinicnet.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kinds of objects that the simulator does not model. An account has none of them. */
final class EmptyKinds {
  /** The name of the list in the answer, by path. */
  private static final Map<String, String> LISTS =
      Map.ofEntries(
          Map.entry("/app/sessions", "application_sessions"),
          Map.entry("/app/users", "application_users"),
          Map.entry("/backends/failover", "backends"),
          Map.entry("/backends/http_response", "backends"),
          Map.entry("/backends/static", "backends"),
          Map.entry("/backends/tunnel_group", "backends"),
          Map.entry("/backends/weighted", "backends"),
          Map.entry("/edges/https", "https_edges"),
          Map.entry("/edges/tcp", "tcp_edges"),
          Map.entry("/edges/tls", "tls_edges"),
          Map.entry("/event_destinations", "event_destinations"),
          Map.entry("/event_subscriptions", "event_subscriptions"),
          Map.entry("/ssh_certificate_authorities", "ssh_certificate_authorities"),
          Map.entry("/ssh_credentials", "ssh_credentials"),
          Map.entry("/ssh_host_certificates", "ssh_host_certificates"),
          Map.entry("/ssh_user_certificates", "ssh_user_certificates"));

  private EmptyKinds() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    LISTS.forEach(
        (path, key) -> {
          routes.add(list(path, key));
          routes.add(Route.of("GET", path + "/{id}", EmptyKinds::absent));
          routes.add(Route.of("DELETE", path + "/{id}", EmptyKinds::absent));
        });
    return routes;
  }

  private static ApiResponse absent(ApiRequest request) {
    throw ApiException.notFound();
  }

  private static Route list(String path, String key) {
    return Route.of(
            "GET",
            path,
            request -> ApiResponse.ok(Page.of(request, key, List.of(), row -> Json.object())))
        .withQuery(Set.of("before_id", "limit", "filter"), Set.of());
  }
}
