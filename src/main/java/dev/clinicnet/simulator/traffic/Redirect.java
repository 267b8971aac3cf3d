package dev.clinicnet.simulator.traffic;

import java.util.Map;
import java.util.Optional;

/** {@code redirect}: does nothing if the URL stays the same (documented). */
final class Redirect implements Action {
  private static final int FOUND = 302;

  @Override
  public Optional<Ending> run(Call call) {
    Config config = call.config();
    String url = RequestURL.of(call.run().request().orElseThrow()).raw();
    String target = UrlPattern.apply(config, url);
    if (target.equals(url)) {
      return Optional.empty();
    }
    HTTPResponse response = HTTPResponse.empty(config.number("status_code", FOUND));
    config.map("headers").forEach(response.headers()::set);
    response.headers().set("location", target);
    call.found("redirect", Map.of("url", target));
    return call.answer(response, "");
  }
}
