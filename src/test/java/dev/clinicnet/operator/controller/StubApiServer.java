package dev.clinicnet.operator.controller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers like a Kubernetes API server at which all is well, unless told otherwise. */
public final class StubApiServer implements AutoCloseable {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private record Reply(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();

  /** A part of the reviews that RBAC denies. */
  private volatile String forbidden = "nothing";

  public StubApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
    reply("/version", 200, "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.3\"}");
    reply(
        "/apis/clinicnet.dev/v1alpha1",
        200,
        """
        {"kind":"APIResourceList","groupVersion":"clinicnet.dev/v1alpha1","resources":[
         {"name":"clinics","namespaced":true,"kind":"Clinic","verbs":[]},
         {"name":"clinicservices","namespaced":true,"kind":"ClinicService","verbs":[]},
         {"name":"clinicsessions","namespaced":true,"kind":"ClinicSession","verbs":[]},
         {"name":"ngrokaccounts","namespaced":false,"kind":"NgrokAccount","verbs":[]}]}
        """);
    reply(
        "/api/v1/namespaces/kube-system",
        200,
        """
        {"kind":"Namespace","apiVersion":"v1","metadata":{"name":"kube-system","uid":"cluster-1"}}
        """);
  }

  /** Sets the answer from now on. */
  public StubApiServer reply(String path, int status, String body) {
    replies.put(path, new Reply(status, body));
    return this;
  }

  /** Whether RBAC allows everything or nothing. */
  public StubApiServer allow(boolean everything) {
    forbidden = everything ? "nothing" : "";
    return this;
  }

  /** Makes RBAC allow everything except requests on one resource. */
  public StubApiServer allowAllBut(String resource) {
    forbidden = "\"resource\":\"" + resource + "\"";
    return this;
  }

  private Reply review(String question) {
    return new Reply(
        201,
        """
        {"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1",
         "status":{"allowed":%s}}
        """
            .formatted(!question.contains(forbidden)));
  }

  /** A kubeconfig for it, in this directory. */
  public Path kubeconfig(Path directory) {
    try {
      return Files.writeString(
          directory.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: stub, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: somebody, user: {token: some-token}}]
          contexts: [{name: stub, context: {cluster: stub, user: somebody}}]
          current-context: stub
          """
              .formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    Reply reply = path.equals(REVIEWS) ? review(question) : reply(path);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private Reply reply(String path) {
    return replies.getOrDefault(
        path,
        new Reply(
            403,
            """
                {"kind":"Status","apiVersion":"v1","status":"Failure","code":403,
                 "reason":"Forbidden","message":"not allowed here"}
                """));
  }
}
