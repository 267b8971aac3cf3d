package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/** HTTP/1.1 with a client, on a connection whose first bytes may have been looked at. */
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
}
