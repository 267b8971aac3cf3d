package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.testkit.HTTP2Server;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to an upstream that speaks HTTP/2. */
class HTTP2UpstreamTest {
  private static final String URL = "https://ris.example.com";
  private static final String HOST = "Host: ris.example.com\r\n";

  private final TestAccount account = new TestAccount();
  private HTTP2Server upstream;
  private Edge edge;
  private EdgeClient client;

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(account);
    client = EdgeClient.of(edge);
  }

  @AfterEach
  void stop() {
    edge.close();
    if (upstream != null) {
      upstream.close();
    }
  }

  private void serve(HTTP2Server server) {
    upstream = server;
    agent("", server.address());
  }

  private void agent(String scheme, InetSocketAddress address) {
    String url = scheme + "127.0.0.1:" + address.getPort();
    account.agent(URL, new Upstream("s1", "a", url, "http2", "", Optional.empty(), Map.of()));
  }

  @Test
  void aRequestArrivesAsItWasSent() {
    serve(HTTP2Server.describing());

    EdgeClient.Answer answer =
        client.request(
            "POST",
            URL + "//a/%7Eb?q=1&q=%20",
            Map.of("X-Mine", "gr\u00fcn", "Connection", "close"),
            new byte[1 << 20]);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.body())
        .startsWith("HTTP_2\nPOST //a/%7Eb?q=1&q=%20\n")
        .contains("authority: ris.example.com\n", "x-mine: ", "content-length: 1048576\n")
        .contains("x-forwarded-proto: https\n")
        .endsWith("body: 1048576\n")
        .doesNotContain("user-agent", "accept-encoding", "connection:", "transfer-encoding");
  }

  @Test
  void theTrailersOfAResponseReachTheClient() throws Exception {
    serve(HTTP2Server.describing());

    assertThat(
            raw("POST / HTTP/1.1\r\n" + HOST + "Connection: close\r\nContent-Length: 3\r\n\r\nabc"))
        .contains("Transfer-Encoding: chunked\r\n")
        .endsWith("0\r\nx-checked: 3\r\n\r\n");
  }

  @Test
  void bodiesOfUnknownLengthAndEmptyOnesArrive() throws Exception {
    serve(HTTP2Server.describing());

    assertThat(
            raw(
                "POST /1 HTTP/1.1\r\n"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"
                    + "POST /2 HTTP/1.1\r\n"
                    + HOST
                    + "Content-Length: 0\r\n\r\n"
                    + "PUT /3 HTTP/1.1\r\n"
                    + HOST
                    + "\r\n"
                    + "DELETE /4 HTTP/1.1\r\n"
                    + HOST
                    + "Connection: close\r\n\r\n"))
        .containsSubsequence(
            "POST /1\n", "body: 5", "POST /2\n", "body: 0", "PUT /3\n", "DELETE /4\n");
  }

  @Test
  void responsesWithoutBodiesHaveNone() throws Exception {
    serve(
        HTTP2Server.with(
            request ->
                request
                    .response()
                    .setStatusCode(request.path().equals("/none") ? 204 : 200)
                    .putHeader("x-seen", "yes")
                    .end(request.path().equals("/none") ? "" : "text")));

    assertThat(client.request("HEAD", URL + "/", Map.of()).headers())
        .containsEntry("x-seen", "yes");
    EdgeClient.Answer none = client.get(URL + "/none");
    assertThat(none.outcome()).isEqualTo("204");
    assertThat(none.body()).isEmpty();
  }

  @Test
  void compressedContentStaysAsItIs() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("text".getBytes(StandardCharsets.UTF_8));
    }
    serve(
        HTTP2Server.with(
            request ->
                request
                    .response()
                    .putHeader("content-encoding", "gzip")
                    .end(Buffer.buffer(packed.toByteArray()))));

    EdgeClient.Answer answer = client.get(URL + "/");

    assertThat(answer.headers())
        .containsEntry("content-encoding", "gzip")
        .containsEntry("content-length", "" + packed.size());
  }

  @Test
  void manyRequestsAreServedAtOnce() throws Exception {
    serve(HTTP2Server.describing());
    ExecutorService clients = Executors.newFixedThreadPool(32);
    try {
      List<Future<EdgeClient.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] body = new byte[i * 500];
        String path = URL + "/" + i;
        answers.add(clients.submit(() -> client.request("POST", path, Map.of(), body)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(answers.get(i).get().body())
            .startsWith("HTTP_2\nPOST /" + i + "\n")
            .endsWith("body: " + i * 500 + "\n");
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void anUpstreamMayAnswerBeforeItHasReadEverything() throws Exception {
    serve(
        HTTP2Server.with(
            request -> {
              request.response().setChunked(true);
              request.handler(piece -> request.response().write(piece));
              request.endHandler(end -> request.response().end());
            }));

    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(
          socket,
          "POST / HTTP/1.1\r\n"
              + HOST
              + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
      StringBuilder text = new StringBuilder();
      while (text.indexOf("first") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      RawHTTP.send(socket, "6\r\nsecond\r\n0\r\n\r\n");
      assertThat(RawHTTP.text(socket.getInputStream())).contains("second");
    }
  }

  @Test
  void aClientThatBreaksOffDoesNotLookLikeTheEndOfItsBody() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    serve(
        HTTP2Server.with(
            request -> {
              request.exceptionHandler(broken -> end.complete("broken"));
              request.endHandler(whole -> end.complete("whole"));
            }));

    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(socket, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nabc");
      await().until(() -> upstream.connections() == 1);
    }

    assertThat(end.get()).isEqualTo("broken");
  }

  @Test
  void anEndedSessionBreaksOffAResponse() throws Exception {
    serve(
        HTTP2Server.with(
            (HttpServerRequest request) -> request.response().setChunked(true).write("first")));
    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(socket, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
      StringBuilder text = new StringBuilder();
      while (text.indexOf("first") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      edge.sessionEnded("s1");
      assertThat(RawHTTP.text(socket.getInputStream())).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void anUpstreamWithoutHTTP2GivesNoResponse() throws Exception {
    try (HTTPUpstream old = HTTPUpstream.named("old")) {
      agent("", old.address());

      EdgeClient.Answer answer = client.get(URL + "/");

      assertThat(answer.outcome()).isEqualTo("502");
      assertThat(answer.body()).contains("ERR_NGROK_3004");
    }
  }

  @Test
  void withTLSTheUpstreamMustOfferHTTP2() {
    TestAuthority.Identity identity = new TestAuthority("site").issue("127.0.0.1");
    upstream = HTTP2Server.secure(identity.certificatePEM(), identity.keyPEM());
    agent("https://", upstream.address());

    assertThat(client.get(URL + "/x").body()).startsWith("HTTP_2\nGET /x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a/../b HTTP/1.1\r\n",
        "GET /?q=' HTTP/1.1\r\n",
        "GET /a\\b HTTP/1.1\r\n",
        "OPTIONS * HTTP/1.1\r\n",
      })
  void whatCannotBeSentAsItIsIsNotModelled(String head) throws Exception {
    serve(HTTP2Server.describing());

    assertThat(raw(head + HOST + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 501 ");
    assertThat(client.request("GET", URL + "/", Map.of(), new byte[1]).outcome()).isEqualTo("501");
  }

  private String raw(String text) throws IOException {
    return RawHTTP.exchange(client, URL, text);
  }
}
