package dev.clinicnet.operator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.operator.simulator.edge.EdgeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A site with a dashboard that sessions open: its manifests, its agent, and somebody outside who
 * tries the public URL.
 */
final class OnDemandSite implements AutoCloseable {
  static final String SERVICE = "dashboard";
  static final String URL = "https://dashboard.api.example.com";
  static final String CLINIC = "one";

  private static final String MACHINE = "10.0.0.3:3001";
  private static final String HERE = "203.0.113.7";

  private final NgrokAccount account;
  private final Manifests manifests;
  private final HttpServer dashboard;

  OnDemandSite(NgrokAccount account, Manifests manifests) {
    this.account = account;
    this.manifests = manifests;
    this.dashboard = serve();
  }

  /** The Clinic and its dashboard; further lines of the service's spec, in flow style. */
  static String manifests(String... spec) {
    return Site.clinicWithDomains(CLINIC, "[{name: '*.api.example.com', shared: true}]")
        + "---\n"
        + dashboard(spec);
  }

  /** The dashboard alone. */
  static String dashboard(String... spec) {
    return Site.service(
        SERVICE,
        CLINIC,
        "http://" + MACHINE,
        "availability: OnDemand",
        "expose: {https: {host: dashboard.api.example.com}}",
        String.join("\n  ", spec));
  }

  /** A session of the dashboard. */
  static String session(String name, String duration) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: %s}
        spec: {serviceRef: {name: dashboard}, duration: %s, reason: ticket 4711}
        """
        .formatted(name, duration);
  }

  /** A technician installs the present site kit. */
  JsonNode connectAgent() {
    JsonNode agent = account.connectAgent(manifests.file(CLINIC + "-site-kit", "ngrok.yml"));
    account.upstream(agent, MACHINE, dashboard.getAddress());
    return agent;
  }

  /** Whether the dashboard's public endpoint is there at all. */
  boolean isPublished() {
    return account.all("endpoints").stream()
        .anyMatch(endpoint -> endpoint.path("url").asText().equals(URL));
  }

  /** What somebody outside is answered: the status, {@code closed}, or that nothing is there. */
  String ask() {
    return isPublished() ? client().get(URL + "/").outcome() : "nothing is there";
  }

  private EdgeClient client() {
    return EdgeClient.of(() -> Map.of(URL, account.edge(URL, HERE)), account.edgeAuthority());
  }

  @Override
  public void close() {
    dashboard.stop(0);
  }

  private static HttpServer serve() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              byte[] body = SERVICE.getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
