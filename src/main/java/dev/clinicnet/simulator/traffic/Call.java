package dev.clinicnet.simulator.traffic;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * One call of an action.
 *
 * @param decisions receives the decision
 */
record Call(
    Run run,
    String rule,
    String action,
    Config config,
    Effects effects,
    Consumer<Decision> decisions) {

  /** Records that this action decides. */
  void decide(String note) {
    decisions.accept(new Decision(run.endpoint().url(), rule, action, note));
  }

  /** Ends the run: on connect by closing, otherwise with a response. */
  Optional<Ending> refuse(HTTPResponse response, String note) {
    decide(note);
    return Optional.of(
        run.phase() == Phase.CONNECT ? new Ending.Refused() : new Ending.Answered(response, false));
  }

  /** Ends the run with a response that does not come from an upstream. */
  Optional<Ending> answer(HTTPResponse response, String note) {
    decide(note);
    return Optional.of(new Ending.Answered(response, false));
  }

  /** Keeps the results of the action for later expressions. */
  void found(String name, Object value) {
    run.findings().put(name, value);
  }
}
