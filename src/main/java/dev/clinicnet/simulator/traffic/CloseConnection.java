package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Optional;

/** {@code close-connection}: gives no response in any phase. */
final class CloseConnection implements Action {

  @Override
  public Optional<Ending> run(Call call) throws IOException {
    call.decide("");
    if (call.run().phase() == Phase.CONNECT) {
      return Optional.of(new Ending.Refused());
    }
    throw new ConnectionClosed(call.rule());
  }
}
