package dev.clinicnet.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as the edge speaks it. */
class RequestsTest {
  private static final String URL = "https://ris.example.com";
  private static final String HOST = "Host: ris.example.com\r\n";

  private final TestAccount account = new TestAccount();
  private HTTPUpstream upstream;
  private Edge edge;
  private EdgeClient client;

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(account);
    client = EdgeClient.of(edge);
    serve(HTTPUpstream.named("ris"));
  }

  @AfterEach
  void stop() {
    edge.close();
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: ris.example.com@evil\r\n\r\n",
        "GET nowhere HTTP/1.1\r\n" + HOST + "\r\n",
        "GET * HTTP/1.1\r\n" + HOST + "\r\n",
        "nonsense\r\n\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      })
  void malformedRequestsAreRefused(String text) throws Exception {
    assertThat(raw(text)).startsWith("HTTP/1.1 400 ");
    assertThat(edge.log().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("400"));
  }

  @Test
  void whatIsNotModelledIsNamed() throws Exception {
    assertThat(raw("CONNECT ris.example.com:443 HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 501 ")
        .contains("the simulator does not model CONNECT");
    assertThat(
            raw("GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"))
        .startsWith("HTTP/1.1 501 ")
        .contains("WebSocket");
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(1 << 20) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(raw("GET / HTTP/1.1\r\n" + HOST + "X: x\r\n".repeat(1001) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aRequestForAnotherHostThanTheHellosIsMisdirected() {
    account.agent(
        "https://pacs.example.com",
        Policies.rule("on_tcp_connect", "close-connection", ""),
        TestAccount.upstream("s1", upstream.address()));

    assertThat(client.request("GET", URL + "/", Map.of("Host", "pacs.example.com")).outcome())
        .isEqualTo("421");
    assertThat(client.request("GET", URL + "/", Map.of("Host", "RIS.example.com:443")).outcome())
        .isEqualTo("200");
    assertThat(client.withSNI("").get(URL + "/").outcome()).isEqualTo("404");
  }

  @Test
  void anAbsoluteTargetNamesTheHost() throws Exception {
    assertThat(
            raw("GET http://ris.example.com/a?b HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("GET /a?b\n");
    assertThat(
            raw("GET https://pacs.example.com/ HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  @Test
  void hopByHopFieldsStayBehind() throws Exception {
    assertThat(
            raw(
                "GET / HTTP/1.1\r\n"
                    + HOST
                    + "Connection: close, X-Mine\r\nX-Mine: 1\r\n"
                    + "TE: trailers\r\nKeep-Alive: 5\r\nX-Other: 2\r\n\r\n"))
        .contains("X-other: [2]")
        .doesNotContain("X-mine")
        .doesNotContain("Te:")
        .doesNotContain("Keep-alive");
  }

  @Test
  void aConnectionCarriesManyRequests() throws Exception {
    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(
          socket,
          "POST /1 HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 3\r\n\r\nabc"
              + "POST /2 HTTP/1.1\r\n"
              + HOST
              + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"
              + "HEAD /3 HTTP/1.1\r\n"
              + HOST
              + "\r\n"
              + "GET /4 HTTP/1.1\r\n"
              + HOST
              + "Connection: close\r\n\r\n");

      assertThat(RawHTTP.text(socket.getInputStream()))
          .containsSubsequence("POST /1\n", "body: 3", "POST /2\n", "body: 5", "200", "GET /4\n");
    }
    assertThat(edge.log().entries())
        .extracting(TrafficLog.Entry::request)
        .containsExactly("POST /1", "POST /2", "HEAD /3", "GET /4");
  }

  @Test
  void aBodyIsInvitedWhenItIsRead() throws Exception {
    String head =
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(socket, head);
      assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      RawHTTP.send(socket, "abcGET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      assertThat(RawHTTP.text(socket.getInputStream())).contains("body: 3");
    }
    account.agent(
        "https://no.example.com",
        Policies.rule("on_http_request", "deny", "status_code: 403"),
        TestAccount.upstream("s1", upstream.address()));
    try (Socket socket = client.connect("https://no.example.com")) {
      RawHTTP.send(socket, head.replace("ris.", "no."));
      assertThat(RawHTTP.text(socket.getInputStream())).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void aResponseArrivesPieceByPiece() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write("first".getBytes(StandardCharsets.UTF_8));
          body.flush();
          await(seen);
          body.write("second".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(socket, "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      StringBuilder text = new StringBuilder();
      while (text.indexOf("first") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      seen.countDown();
      assertThat(RawHTTP.text(socket.getInputStream())).contains("second");
    }
  }

  @Test
  void theTrailersOfAResponseReachTheClient() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      account.remove(URL);
      account.agent(
          URL, TestAccount.upstream("s1", (InetSocketAddress) server.getLocalSocketAddress()));
      try (Socket socket = client.connect(URL)) {
        RawHTTP.send(socket, "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        try (Socket accepted = server.accept()) {
          String body = "1\r\na\r\n0\r\nX-Checked: 1\r\n";
          RawHTTP.send(
              accepted,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + body
                  + "Connection: x\r\n\r\n");
          assertThat(RawHTTP.text(socket.getInputStream())).endsWith("\r\n\r\n" + body + "\r\n");
        }
      }
    }
  }

  @Test
  void bigBodiesAreEchoedWhileTheyAreSent() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getRequestBody().transferTo(exchange.getResponseBody());
          exchange.close();
        });
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    for (int i = 0; i < body.length; i++) {
      body[i] &= 0x7f;
    }

    EdgeClient.Answer answer = client.request("POST", URL + "/", Map.of(), body);

    assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void manyClientsAreServedAtOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<EdgeClient.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String path = "/" + i;
        answers.add(clients.submit(() -> client.get(URL + path)));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(answers.get(i).get().body()).contains("GET /" + i + "\n");
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void anEndedSessionBreaksOffAResponse() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await(never);
        });
    try (Socket socket = client.connect(URL)) {
      RawHTTP.send(socket, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
      StringBuilder text = new StringBuilder();
      while (text.indexOf("first") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      edge.sessionEnded("s1");
      assertThat(RawHTTP.text(socket.getInputStream())).doesNotContain("0\r\n\r\n");
    }
    never.countDown();
  }

  @Test
  void upstreamsCannotSpeakInThePlatformsName() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("ngrok-error-code", "ERR_NGROK_3200");
          exchange.getResponseHeaders().set("X-Mine", "1");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });

    EdgeClient.Answer answer = client.get(URL + "/");

    assertThat(answer.outcome()).isEqualTo("204");
    assertThat(answer.headers()).containsKey("x-mine").doesNotContainKey("ngrok-error-code");
  }

  private void serve(HttpHandler handler) throws IOException {
    upstream.close();
    serve(new HTTPUpstream(handler));
  }

  private void serve(HTTPUpstream next) {
    upstream = next;
    account.remove(URL);
    account.agent(URL, TestAccount.upstream("s1", upstream.address()));
  }

  private String raw(String text) throws IOException {
    return RawHTTP.exchange(client, URL, text);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
