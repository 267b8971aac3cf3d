package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Optional;

/** What a rule does. */
interface Action {

  /**
   * Does it.
   *
   * @return how it has ended the run; empty where the next action is to run
   * @throws EvaluationFailed if the config cannot be evaluated
   * @throws Unmodelled if the config asks for what is not modelled
   */
  Optional<Ending> run(Call call) throws IOException;
}
