package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request over HTTP/1.1 to an upstream, on its own connection. */
final class HTTP1Exchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(HTTP1Exchange.class);

  private final Wire upstream;
  private final Runnable close;
  private final DefaultBHttpClientConnection connection =
      new DefaultBHttpClientConnection(HTTPLimits.config());

  HTTP1Exchange(Wire upstream, Runnable close) {
    this.upstream = upstream;
    this.close = close;
  }

  @Override
  public HTTPResponse send(HTTPRequest request, Executor threads) throws IOException {
    upstream.timeout(HTTPLimits.IDLE);
    connection.bind(upstream.socket());
    try {
      ClassicHttpRequest head = head(request);
      connection.sendRequestHeader(head);
      connection.flush();
      if (head.getEntity() != null) {
        threads.execute(() -> sendBody(head));
      }
      return response(request.method());
    } catch (HttpException e) {
      throw new IOException("the upstream does not speak HTTP/1.1", e);
    }
  }

  @Override
  public void close() {
    close.run();
  }

  private ClassicHttpRequest head(HTTPRequest request) {
    Headers fields = request.headers();
    ClassicHttpRequest head = new BasicClassicHttpRequest(request.method(), "/");
    // The constructor would parse the target as a URI.
    head.setPath(request.target());
    head.addHeader("Host", fields.first("Host").orElse(request.host()));
    for (Map.Entry<String, String> field : fields.fields()) {
      if (!HopByHop.isOne(field.getKey()) && !field.getKey().equalsIgnoreCase("Host")) {
        head.addHeader(field.getKey(), field.getValue());
      }
    }
    boolean hasLength = head.containsHeader("Content-Length");
    if (hasLength || request.body() instanceof RequestBody) {
      head.setEntity(new StreamedEntity(request.body(), upstream::cut));
      if (!hasLength) {
        head.setHeader("Transfer-Encoding", "chunked");
      }
    }
    return head;
  }

  private void sendBody(ClassicHttpRequest head) {
    try {
      connection.sendRequestEntity(head);
      connection.flush();
    } catch (IOException | HttpException e) {
      // The client has gone, or the upstream wants no more of the body. Its response says which.
      LOG.debug("a request's body was not sent to its end: {}", e.getMessage());
      endOutput();
    }
  }

  private void endOutput() {
    try {
      upstream.endOutput();
    } catch (IOException e) {
      LOG.trace("ended already", e);
    }
  }

  private HTTPResponse response(String method) throws IOException, HttpException {
    ClassicHttpResponse head = connection.receiveResponseHeader();
    while (head != null && head.getCode() < 200 && head.getCode() != 101) {
      head = connection.receiveResponseHeader();
    }
    if (head == null || head.getCode() == 101) {
      throw new IOException("the upstream gave no response");
    }
    Headers headers = HopByHop.without(head).remove(Failure.ERROR_CODE);
    boolean hasBody = !method.equals("HEAD") && head.getCode() != 204 && head.getCode() != 304;
    InputStream content = InputStream.nullInputStream();
    if (hasBody) {
      connection.receiveResponseEntity(head);
      content = head.getEntity() == null ? content : head.getEntity().getContent();
    }
    Supplier<List<? extends Header>> trailers =
        content instanceof ChunkedInputStream chunks
            ? () -> List.of(chunks.getFooters())
            : List::of;
    return new HTTPResponse(head.getCode(), headers, new UpstreamBody(content, close, trailers));
  }
}
