package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** HTTP/1.1 with a client, on a connection whose first bytes may have been read. */
final class ServerSide extends DefaultBHttpServerConnection {
  ServerSide(String scheme, Http1Config limits, Wire wire) throws IOException {
    super(
        scheme,
        limits,
        null,
        null,
        null,
        null,
        new DefaultHttpRequestParserFactory(null, new RawRequestFactory()),
        null);
    super.bind(
        new SocketHolder(wire.socket()) {
          @Override
          protected InputStream getInputStream(Socket socket) {
            return wire.input();
          }
        });
  }

  /** Keeps a request's target as it was sent, also where it reads like a URI with a host. */
  private static final class RawRequestFactory implements HttpRequestFactory<ClassicHttpRequest> {

    @Override
    public ClassicHttpRequest newHttpRequest(String method, String target) {
      ClassicHttpRequest request = new BasicClassicHttpRequest(method, "/");
      request.setPath(target);
      return request;
    }

    @Override
    public ClassicHttpRequest newHttpRequest(String method, URI target) {
      return newHttpRequest(method, target.toString());
    }
  }
}
