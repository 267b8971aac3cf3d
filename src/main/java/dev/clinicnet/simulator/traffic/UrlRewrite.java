package dev.clinicnet.simulator.traffic;

import java.util.Map;
import java.util.Optional;

/** {@code url-rewrite}: changes path and query on the way to the upstream. */
final class UrlRewrite implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    HTTPRequest old = call.run().request().orElseThrow();
    String url = UrlPattern.apply(call.config(), RequestURL.of(old).raw());
    String target = target(url, old, call.rule());
    call.run()
        .request(
            new HTTPRequest(
                old.scheme(), old.method(), old.host(), target, old.headers(), old.body()));
    call.found("url_rewrite", Map.of("url", url));
    return Optional.empty();
  }

  /** It is not documented where a request goes whose scheme or host is rewritten. */
  private static String target(String url, HTTPRequest request, String rule) {
    if (url.startsWith("/")) {
      return url;
    }
    String origin = request.scheme() + "://" + request.host();
    if (!url.equals(origin) && !url.startsWith(origin + "/") && !url.startsWith(origin + "?")) {
      throw new Unmodelled("a url-rewrite of scheme or host in the rule \"" + rule + "\"");
    }
    String target = url.substring(origin.length());
    return target.startsWith("/") ? target : "/" + target;
  }
}
