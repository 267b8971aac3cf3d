package dev.clinicnet.simulator.traffic;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code add-headers}: adds header fields to the present ones, in lower case (documented). */
final class AddHeaders implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    Map<String, String> added = new LinkedHashMap<>();
    call.config()
        .map("headers")
        .forEach((name, value) -> added.put(name.toLowerCase(Locale.ROOT), value));
    MessageHeaders.requireAllowed(added.keySet(), call);
    Run run = call.run();
    if (run.phase() == Phase.REQUEST) {
      String host = added.get("host");
      if (host != null) {
        run.request(MessageHeaders.withHost(run.request().orElseThrow(), host));
      }
    }
    MessageHeaders.change(
        run,
        headers ->
            added.forEach(
                (name, value) -> {
                  if (!name.equals("host")) {
                    headers.add(name, value);
                  }
                }));
    call.found("add_headers", Map.of("headers_added", added));
    return Optional.empty();
  }
}
