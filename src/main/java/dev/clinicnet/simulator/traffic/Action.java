package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Optional;

/** An action of a rule. */
interface Action {

  /**
   * Runs the action.
   *
   * @return how it has ended the run; empty if the next action must run
   * @throws EvaluationFailed if the config cannot be evaluated
   * @throws Unmodelled if the config uses a feature that is not modelled
   */
  Optional<Ending> run(Call call) throws IOException;
}
