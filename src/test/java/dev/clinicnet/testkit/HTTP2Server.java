package dev.clinicnet.testkit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that speaks HTTP/2, without TLS to whoever knows that, or with TLS. It
 * answers HTTP/1.1 too, so that a test sees which one was spoken.
 */
public final class HTTP2Server implements AutoCloseable {
  /** The trailer of each description. */
  public static final String TRAILER = "x-checked";

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(2)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final HttpServer server;
  private final AtomicInteger connections = new AtomicInteger();

  private HTTP2Server(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    server =
        vertx
            .createHttpServer(
                options.setHost(InetAddress.getLoopbackAddress().getHostAddress()).setPort(0))
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(handler)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Answers with the version, method, target, host, fields and body's size that it got. */
  public static HTTP2Server describing() {
    return with(HTTP2Server::describe);
  }

  /** Answers as the handler does. */
  public static HTTP2Server with(Handler<HttpServerRequest> handler) {
    return new HTTP2Server(new HttpServerOptions(), handler);
  }

  /**
   * Describes what it got, with TLS.
   *
   * @param certificate PEM
   * @param privateKey PEM
   */
  public static HTTP2Server secure(String certificate, String privateKey) {
    return new HTTP2Server(
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate))
                    .addKeyValue(Buffer.buffer(privateKey))),
        HTTP2Server::describe);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort());
  }

  /** How many connections it has had. */
  public int connections() {
    return connections.get();
  }

  private static void describe(HttpServerRequest request) {
    StringBuilder text = new StringBuilder();
    text.append(request.version()).append('\n');
    text.append(request.method()).append(' ').append(request.uri()).append('\n');
    text.append("authority: ").append(request.authority().host()).append('\n');
    request
        .headers()
        .forEach(field -> text.append(field.getKey()).append(": ").append(field.getValue() + "\n"));
    request.body(
        body -> {
          if (body.failed()) {
            return;
          }
          text.append("body: ").append(body.result().length()).append('\n');
          request.response().setChunked(true).write(text.toString());
          request.response().putTrailer(TRAILER, Integer.toString(body.result().length())).end();
        });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
