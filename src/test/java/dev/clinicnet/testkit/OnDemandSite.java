package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.simulator.edge.EdgeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A site with a dashboard that sessions open: its manifests, its agent, and a client outside that
 * tries the public URL.
 */
public final class OnDemandSite implements AutoCloseable {
  private static final String MACHINE = "10.0.0.3:3001";
  private static final String HERE = "203.0.113.7";

  private final NgrokAccount account;
  private final Manifests manifests;
  private final String clinic;
  private final HttpServer dashboard;

  /** The site of a Clinic of this name. */
  public OnDemandSite(NgrokAccount account, Manifests manifests, String clinic) {
    this.account = account;
    this.manifests = manifests;
    this.clinic = clinic;
    this.dashboard = serve();
  }

  /** The service's name. */
  public String service() {
    return clinic + "-dashboard";
  }

  /** The URL of the service while it is open. */
  public String url() {
    return "https://" + clinic + ".api.example.com";
  }

  /** The Clinic; further lines of its spec, in flow style. */
  public String clinic(String... spec) {
    return Site.sharing(clinic, String.join("\n  ", spec));
  }

  /** The dashboard; further lines of the service's spec, in flow style. */
  public String dashboard(String... spec) {
    return Site.service(
        service(),
        clinic,
        "http://" + MACHINE,
        "availability: OnDemand",
        "expose: {https: {host: " + clinic + ".api.example.com}}",
        String.join("\n  ", spec));
  }

  /** A session of the dashboard. */
  public String session(String name, String duration) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: %s}
        spec: {serviceRef: {name: %s}, duration: %s, reason: ticket 4711}
        """
        .formatted(name, service(), duration);
  }

  /** A technician installs the present site kit. */
  public JsonNode connectAgent() {
    return onItsWay(account.connectAgent(kit()));
  }

  /** A technician installs the present site kit for an agent of a version. */
  public JsonNode connectAgent(String version) {
    return onItsWay(account.connectAgent(kit(), version));
  }

  private String kit() {
    return manifests.file(clinic + "-site-kit", "ngrok.yml");
  }

  private JsonNode onItsWay(JsonNode agent) {
    account.upstream(agent, MACHINE, dashboard.getAddress());
    return agent;
  }

  /** Whether the dashboard's public endpoint exists. */
  public boolean isPublished() {
    return account.all("endpoints").stream()
        .anyMatch(endpoint -> endpoint.path("url").asText().equals(url()));
  }

  /** The answer for a client outside: the status, {@code closed}, or that nothing is there. */
  public String ask() {
    return isPublished() ? client().get(url() + "/").outcome() : "nothing is there";
  }

  private EdgeClient client() {
    return EdgeClient.of(() -> Map.of(url(), account.edge(url(), HERE)), account.edgeAuthority());
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
              byte[] body = "dashboard".getBytes(StandardCharsets.UTF_8);
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
