package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Optional;

/** {@code forward-internal}: forwards to another endpoint of the account. */
final class ForwardInternal implements Action {

  @Override
  public Optional<Ending> run(Call call) throws IOException {
    String url = call.config().requireText("url");
    boolean goesOn = call.config().text("on_error").orElse("halt").equals("continue");
    call.decide("");
    try {
      return Optional.of(call.effects().forward(url, call.run()));
    } catch (Unreachable e) {
      return goesOn
          ? Optional.empty()
          : call.refuse(UnreachableResponse.of(e), UnreachableResponse.text(e));
    }
  }
}
