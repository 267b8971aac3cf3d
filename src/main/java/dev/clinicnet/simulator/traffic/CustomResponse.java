package dev.clinicnet.simulator.traffic;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** {@code custom-response}: replaces the upstream's response. */
final class CustomResponse implements Action {
  private static final int OK = 200;

  @Override
  public Optional<Ending> run(Call call) {
    Config config = call.config();
    // This is the older name, which ngrok's own operator still sends.
    String body = config.text("body").or(() -> config.text("content")).orElse("");
    Headers headers = new Headers();
    config.map("headers").forEach(headers::set);
    if (!body.isEmpty() && headers.first("content-type").isEmpty()) {
      headers.set("content-type", infer(body));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int status = config.number("status_code", OK);
    return call.answer(new HTTPResponse(status, headers, new ByteArrayInputStream(bytes)), "");
  }

  /** The content type. It is documented that it is inferred, but not how. */
  private static String infer(String body) {
    String start = body.strip().toLowerCase(Locale.ROOT);
    if (start.startsWith("{") || start.startsWith("[")) {
      return "application/json";
    }
    boolean html = start.startsWith("<!doctype html") || start.startsWith("<html");
    return html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
  }
}
