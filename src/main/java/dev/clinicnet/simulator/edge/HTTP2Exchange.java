package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.Headers;
import dev.clinicnet.simulator.traffic.Unmodelled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSink;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request over HTTP/2 to an upstream, on its own connection. The edge does not negotiate: it
 * knows that the upstream speaks HTTP/2.
 */
final class HTTP2Exchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(HTTP2Exchange.class);

  /** Only the form of a URL matters: the connection is there, and the request names its host. */
  private static final String ORIGIN = "http://upstream";

  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
          .proxy(Proxy.NO_PROXY)
          .dns(host -> List.of(InetAddress.getLoopbackAddress()))
          .readTimeout(Duration.ofMillis(HTTPLimits.IDLE))
          .writeTimeout(Duration.ofMillis(HTTPLimits.IDLE))
          .fastFallback(false)
          .followRedirects(false)
          .retryOnConnectionFailure(false)
          .build();

  private final Wire upstream;
  private final Runnable close;
  private volatile Call call;
  private Response response;

  HTTP2Exchange(Wire upstream, Runnable close) {
    this.upstream = upstream;
    this.close = close;
  }

  @Override
  public HTTPResponse send(HTTPRequest request, Executor threads) throws IOException {
    HttpUrl url = url(request.target());
    okhttp3.Headers fields = fields(request);
    // Without a value of its own, the library would add one and unpack what comes back.
    Request head =
        new Request.Builder()
            .url(url)
            .header("Accept-Encoding", "identity")
            .method(request.method(), body(request, threads))
            .build();
    // In a common pool, connections to different upstreams would look alike.
    call =
        CLIENT
            .newBuilder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .socketFactory(new OneSocket(upstream))
            .addNetworkInterceptor(asSent(fields))
            .build()
            .newCall(head);
    response = call.execute();
    return answer(response);
  }

  /** Ends the exchange, also in the middle of a body. */
  @Override
  public void close() {
    if (call != null) {
      call.cancel();
    }
    if (response != null) {
      response.close();
    }
    close.run();
  }

  /** Sends exactly these fields, in place of what the library has made of them. */
  private static Interceptor asSent(okhttp3.Headers fields) {
    return chain -> chain.proceed(chain.request().newBuilder().headers(fields).build());
  }

  private static HttpUrl url(String target) {
    HttpUrl url = target.startsWith("/") ? HttpUrl.parse(ORIGIN + target) : null;
    String sent = url == null ? "" : url.encodedPath();
    if (url != null && url.encodedQuery() != null) {
      sent += "?" + url.encodedQuery();
    }
    if (!sent.equals(target)) {
      throw new Unmodelled("this form of a path, to an upstream with HTTP/2");
    }
    return url;
  }

  private static okhttp3.Headers fields(HTTPRequest request) {
    Headers fields = request.headers();
    okhttp3.Headers.Builder sent = new okhttp3.Headers.Builder();
    sent.add("Host", fields.first("Host").orElse(request.host()));
    for (Map.Entry<String, String> field : fields.fields()) {
      if (!HopByHop.isOne(field.getKey()) && !field.getKey().equalsIgnoreCase("Host")) {
        sent.addUnsafeNonAscii(field.getKey(), decoded(field.getValue()));
      }
    }
    return sent.build();
  }

  private okhttp3.RequestBody body(HTTPRequest request, Executor threads) {
    String method = request.method();
    boolean empty = request.headers().first("Content-Length").filter("0"::equals).isPresent();
    if (empty || !(request.body() instanceof RequestBody)) {
      // A POST without any body is one with an empty body in HTTP/2.
      return method.equals("POST") || method.equals("PUT") || method.equals("PATCH")
          ? okhttp3.RequestBody.EMPTY
          : null;
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      throw new Unmodelled(method + " with a body, to an upstream with HTTP/2");
    }
    return new StreamedBody(request.body(), threads);
  }

  private HTTPResponse answer(Response got) {
    Headers headers = new Headers();
    for (int i = 0; i < got.headers().size(); i++) {
      if (!HopByHop.isOne(got.headers().name(i))) {
        headers.add(got.headers().name(i), encoded(got.headers().value(i)));
      }
    }
    headers.remove(Failure.ERROR_CODE);
    InputStream content = got.body().byteStream();
    return new HTTPResponse(
        got.code(), headers, new UpstreamBody(content, this::close, () -> trailers(got)));
  }

  private static List<Header> trailers(Response got) {
    List<Header> trailers = new ArrayList<>();
    try {
      okhttp3.Headers fields = got.trailers();
      for (int i = 0; i < fields.size(); i++) {
        trailers.add(new BasicHeader(fields.name(i), encoded(fields.value(i))));
      }
    } catch (IOException e) {
      LOG.debug("a response has no end: {}", e.getMessage());
    }
    return trailers;
  }

  /** The bytes of a field as the library reads them. The edge has each byte as one character. */
  private static String decoded(String field) {
    return new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String encoded(String field) {
    return new String(field.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Gives out one connection that is open already. */
  private static final class OneSocket extends SocketFactory {
    private final Wire wire;

    OneSocket(Wire wire) {
      this.wire = wire;
    }

    @Override
    public Socket createSocket() {
      return new ConnectedSocket(wire);
    }

    @Override
    public Socket createSocket(String host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return createSocket();
    }
  }

  /**
   * A body that another thread sends, so that an upstream may answer before it has read everything.
   */
  private final class StreamedBody extends okhttp3.RequestBody {
    private static final int PIECE = 16 * 1024;

    private final InputStream content;
    private final Executor threads;

    StreamedBody(InputStream content, Executor threads) {
      this.content = content;
      this.threads = threads;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public boolean isDuplex() {
      return true;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) {
      threads.execute(() -> send(sink));
    }

    private void send(BufferedSink sink) {
      try (sink) {
        byte[] piece = new byte[PIECE];
        for (int read = read(piece); read >= 0; read = read(piece)) {
          sink.write(piece, 0, read);
          sink.flush();
        }
      } catch (IOException e) {
        // The client has gone, or the upstream wants no more of the body. Its response says which.
        LOG.debug("a request's body was not sent to its end: {}", e.getMessage());
      }
    }

    private int read(byte[] piece) throws IOException {
      try {
        return content.read(piece);
      } catch (IOException e) {
        // The upstream would otherwise take the part for the whole.
        call.cancel();
        throw e;
      }
    }
  }
}
