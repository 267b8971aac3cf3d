package dev.clinicnet.simulator.traffic;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * One action's turn.
 *
 * @param decisions learns what decided
 */
record Call(
    Run run,
    String rule,
    String action,
    Config config,
    Effects effects,
    Consumer<Decision> decisions) {

  /** Says that this action decides. */
  void decide(String note) {
    decisions.accept(new Decision(run.endpoint().url(), rule, action, note));
  }

  /** Ends the run: on connect by closing, else with a response. */
  Optional<Ending> refuse(HTTPResponse response, String note) {
    decide(note);
    return Optional.of(
        run.phase() == Phase.CONNECT ? new Ending.Refused() : new Ending.Answered(response, false));
  }

  /** Ends the run with a response that no upstream has given. */
  Optional<Ending> answer(HTTPResponse response, String note) {
    decide(note);
    return Optional.of(new Ending.Answered(response, false));
  }

  /** Notes what the action has found out, for the expressions after it. */
  void found(String name, Object value) {
    run.findings().put(name, value);
  }
}
