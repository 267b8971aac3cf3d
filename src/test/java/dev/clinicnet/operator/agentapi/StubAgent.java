package dev.clinicnet.operator.agentapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.simulator.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An agent's API behind an edge that asks for a certificate: answers as it was told to. */
final class StubAgent implements AutoCloseable {
  static final String HOST = "agent.api.example.com";
  static final AgentPassword PASSWORD = new AgentPassword("p".repeat(43));
  private static final char[] NONE = {};
  private static final TestAuthority SERVERS = new TestAuthority("Servers");
  private static final TestAuthority.Identity SERVER = SERVERS.issue(HOST);

  private final ClientIdentity client = client();
  private final HttpsServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();

  StubAgent() throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = context(client);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters asked = context.getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
          }
        });
    server.createContext("/", this::answer);
    server.start();
  }

  /** Somebody's certificate. */
  static ClientIdentity client() {
    return new ClientIdentities(new SecureRandom())
        .issue("someone", Instant.now(), Duration.ofDays(1));
  }

  /** Answers a request, such as {@code GET /api/status}, with a status and a body. */
  StubAgent answering(String request, int status, String body) {
    answers.put(request, status + " " + body);
    return this;
  }

  /** The requests so far with their bodies, oldest first. */
  List<String> requests() {
    return requests;
  }

  /** The host and the credentials of each request. */
  List<String> headers() {
    return headers;
  }

  /** The operator's credentials. */
  AgentLogin login() {
    return new AgentLogin(HOST, client, PASSWORD);
  }

  /** A way to agents that leads here. */
  AgentApis apis() {
    return apis(SERVERS.pem());
  }

  AgentApis apis(String trusted) {
    return new AgentApis(
        Optional.of(new EdgeAddress(server.getAddress(), Optional.of(trusted))),
        "test",
        Duration.ofSeconds(20),
        Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add((request + " " + body).strip());
    headers.add(
        exchange.getRequestHeaders().getFirst("Host")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    String answer = answers.getOrDefault(request, "404 {\"status_code\":404}");
    int status = Integer.parseInt(answer.substring(0, 3));
    String text = answer.substring(4);
    if (text.startsWith("ERR_NGROK")) {
      exchange.getResponseHeaders().set("Ngrok-Error-Code", text);
    }
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
    if (status != 204) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static SSLContext context(ClientIdentity admitted)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("server", SERVER.key(), NONE, new Certificate[] {SERVER.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NONE);
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("clients", admitted.authority().first());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
