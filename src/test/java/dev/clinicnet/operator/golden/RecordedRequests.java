package dev.clinicnet.operator.golden;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.clinicnet.testkit.NgrokProxy;
import java.io.IOException;
import java.net.URI;

/** A proxy to ngrok that notes every request which changes something, as it is sent. */
final class RecordedRequests extends NgrokProxy {
  private static final JsonMapper JSON = new JsonMapper();

  private final Trace trace;

  RecordedRequests(URI ngrok, Trace trace) throws IOException {
    super(ngrok);
    this.trace = trace;
  }

  @Override
  protected Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    Answer answer = super.answer(exchange, body);
    String method = exchange.getRequestMethod();
    if (!method.equals("GET")) {
      String what = method + " " + exchange.getRequestURI() + ": " + answer.status();
      if (body.length == 0) {
        trace.step(what);
      } else {
        trace.step(what, JSON.readTree(body));
      }
    }
    return answer;
  }
}
