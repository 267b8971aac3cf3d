package dev.clinicnet.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Servers on loopback that represent the machines of a site: its API, its dashboard and its
 * database.
 */
final class SiteNetwork implements AutoCloseable {
  static final String API = "192.168.1.100:8080";
  static final String DASHBOARD = "192.168.1.102:3001";
  static final String DATABASE = "192.168.1.101:5432";

  private static final int OK = 200;

  private final HttpServer api;
  private final ServerSocket database;

  private SiteNetwork(HttpServer api, ServerSocket database) {
    this.api = api;
    this.database = database;
  }

  static SiteNetwork start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer api = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    api.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "patients\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    api.start();
    SiteNetwork site = new SiteNetwork(api, new ServerSocket(0, 0, loopback));
    Thread answering = new Thread(site::answer, "demo-database");
    answering.setDaemon(true);
    answering.start();
    return site;
  }

  /** The addresses on loopback, by those that manifests name. */
  Map<String, String> addresses() {
    String web = "127.0.0.1:" + api.getAddress().getPort();
    return Map.of(
        API, web,
        DASHBOARD, web,
        DATABASE, "127.0.0.1:" + database.getLocalPort());
  }

  /** The database sends one text to every client that reaches it. */
  private void answer() {
    while (!database.isClosed()) {
      try (Socket client = database.accept()) {
        client.getOutputStream().write('R');
      } catch (IOException e) {
        // The client has gone, or the demo has ended.
      }
    }
  }

  @Override
  public void close() throws IOException {
    api.stop(0);
    database.close();
  }
}
