package dev.clinicnet.simulator.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code remove-headers}: removes every field of the names. */
final class RemoveHeaders implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    List<String> names = call.config().texts("headers");
    MessageHeaders.requireAllowed(names, call);
    List<String> removed =
        names.stream()
            .filter(name -> MessageHeaders.of(call.run()).first(name).isPresent())
            .toList();
    MessageHeaders.change(call.run(), headers -> names.forEach(headers::remove));
    call.found("remove_headers", Map.of("headers_removed", removed));
    return Optional.empty();
  }
}
