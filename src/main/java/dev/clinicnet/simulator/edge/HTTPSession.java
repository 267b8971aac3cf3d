package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.ConnectionClosed;
import dev.clinicnet.simulator.traffic.Decision;
import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import dev.clinicnet.simulator.traffic.Headers;
import dev.clinicnet.simulator.traffic.Unmodelled;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests on one connection, one after the other. */
final class HTTPSession {
  private static final Logger LOG = LoggerFactory.getLogger(HTTPSession.class);

  /**
   * The number of unwanted bytes of a body that are read so that the connection can be used again.
   */
  private static final int MOST_DISCARDED = 64 * 1024;

  private final EdgeParts parts;
  private final Wire wire;
  private final String scheme;
  private final ClientConnection connection;
  private final HTTPHosts hosts;
  private final ServerSide client;
  private final ResponseWriter writer;

  HTTPSession(
      EdgeParts parts, Wire wire, String scheme, ClientConnection connection, HTTPHosts hosts)
      throws IOException {
    this.parts = parts;
    this.wire = wire;
    this.scheme = scheme;
    this.connection = connection;
    this.hosts = hosts;
    this.client = new ServerSide(scheme, HTTPLimits.config(), wire);
    this.writer = new ResponseWriter(client, wire);
  }

  /** Serves until the client or a response ends the connection. */
  void run() throws IOException {
    wire.timeout(HTTPLimits.IDLE);
    boolean lasts = true;
    while (lasts) {
      lasts = serve();
    }
    wire.linger();
  }

  private boolean serve() throws IOException {
    ClassicHttpRequest head;
    IncomingRequest incoming;
    try {
      head = client.receiveRequestHeader();
      if (head == null) {
        return false;
      }
      incoming = IncomingRequest.of(head);
      client.receiveRequestEntity(head);
    } catch (Refusal e) {
      return refuse(e.response());
    } catch (RequestHeaderFieldsTooLargeException e) {
      return refuse(Failure.plain(431, "The request's head is too large."));
    } catch (UnsupportedHttpVersionException e) {
      return refuse(Failure.plain(505, "the simulator's edge speaks HTTP/1.1"));
    } catch (HttpException e) {
      return refuse(Failure.plain(400, "The request is malformed."));
    }
    return serve(head, incoming);
  }

  /** Answers a request that cannot be read to its end, so that no other request can follow. */
  private boolean refuse(HTTPResponse response) throws IOException {
    log("", "", Integer.toString(response.status()), List.of());
    writer.send(response, "", true, false);
    return false;
  }

  private boolean serve(ClassicHttpRequest head, IncomingRequest incoming) throws IOException {
    RequestBody body = body(head, incoming);
    HTTPHosts.Admitted admitted;
    try {
      admitted = hosts.admit(incoming.host());
    } catch (Refusal e) {
      return answerUnasked(e.response(), head, incoming, body);
    } catch (Unmodelled e) {
      return answerUnasked(Failure.plain(501, e.getMessage()), head, incoming, body);
    }
    if (admitted.connected().fate() != Connected.Fate.GOES_ON) {
      return false;
    }
    try (RequestRun run = new RequestRun(parts, connection, admitted)) {
      String url = admitted.endpoint().endpoint().url();
      String request = incoming.method() + " " + incoming.path();
      HTTPResponse response;
      try {
        response = response(run, incoming, body);
      } catch (ConnectionClosed e) {
        log(url, request, "closed", run.decisions());
        return false;
      }
      log(url, request, Integer.toString(response.status()), run.decisions());
      return answer(response, head, incoming, body);
    }
  }

  private HTTPResponse response(RequestRun run, IncomingRequest incoming, RequestBody body)
      throws ConnectionClosed {
    Headers headers = incoming.fields();
    ForwardedFields.add(headers, connection, scheme, incoming.host());
    InputStream content = body == null ? InputStream.nullInputStream() : body;
    try {
      return run.run(
          new HTTPRequest(
              scheme, incoming.method(), incoming.host(), incoming.target(), headers, content));
    } catch (Unmodelled e) {
      return Failure.plain(501, e.getMessage());
    } catch (ConnectionClosed e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("an upstream has broken off: {}", e.getMessage());
      return Failure.response(
          502, "ERR_NGROK_3004", "The server returned an invalid or incomplete HTTP response.");
    } catch (RuntimeException e) {
      LOG.warn("a request has failed", e);
      return Failure.plain(500, "The simulator's edge has failed; its log says why.");
    }
  }

  private RequestBody body(ClassicHttpRequest head, IncomingRequest incoming) throws IOException {
    return head.getEntity() == null
        ? null
        : new RequestBody(
            head.getEntity().getContent(),
            head.getEntity().getContentLength(),
            incoming.expectsContinue() ? writer::invite : null);
  }

  /** Answers without any rule on requests. */
  private boolean answerUnasked(
      HTTPResponse response, ClassicHttpRequest head, IncomingRequest incoming, RequestBody body)
      throws IOException {
    String request = incoming.method() + " " + incoming.path();
    log("", request, Integer.toString(response.status()), List.of());
    return answer(response, head, incoming, body);
  }

  private boolean answer(
      HTTPResponse response, ClassicHttpRequest head, IncomingRequest incoming, RequestBody body)
      throws IOException {
    boolean lasts = incoming.lasts() && isRead(head, incoming, body);
    writer.send(response, incoming.method(), IncomingRequest.is11(head), lasts);
    return lasts && (body == null || body.hasEnded());
  }

  /**
   * Whether the rest of the body does not block the next request, because it was read or is being
   * read.
   */
  private static boolean isRead(ClassicHttpRequest head, IncomingRequest incoming, RequestBody body)
      throws IOException {
    if (body == null || body.hasBegun()) {
      return true;
    }
    long length = head.getEntity().getContentLength();
    if (incoming.expectsContinue() || length < 0 || length > MOST_DISCARDED) {
      return false;
    }
    body.readAllBytes();
    return true;
  }

  private void log(String endpoint, String request, String outcome, List<Decision> decisions) {
    parts
        .log()
        .add(
            new TrafficLog.Entry(
                parts.account().clock().instant(),
                endpoint,
                Failure.text(connection.client()),
                request,
                outcome,
                decisions));
  }
}
