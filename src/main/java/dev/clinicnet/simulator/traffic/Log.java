package dev.clinicnet.simulator.traffic;

import java.util.Map;
import java.util.Optional;

/** {@code log}: evaluates its metadata. The events themselves are not modelled. */
final class Log implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    call.found("log", Map.of("metadata", call.config().map("metadata")));
    return Optional.empty();
  }
}
