package dev.clinicnet.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;

/** A proxy to ngrok. While it is broken, it answers deletions like a router without that path. */
public final class Detour extends NgrokProxy {
  private volatile boolean broken = true;

  public Detour(URI ngrok) throws IOException {
    super(ngrok);
  }

  public void mend() {
    broken = false;
  }

  @Override
  protected Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    if (!broken || !exchange.getRequestMethod().equals("DELETE")) {
      return super.answer(exchange, body);
    }
    String path = exchange.getRequestURI().getPath();
    String text =
        "{\"status_code\":404,\"msg\":\"Not Found\",\"details\":{\"path\":\"" + path + "\"}}";
    return new Answer(404, text);
  }
}
