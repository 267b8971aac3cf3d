package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the rules of one phase.
 *
 * @param decisions receives the decision
 */
record PhaseRules(Actions actions, Effects effects, Consumer<Decision> decisions) {
  private static final int INTERNAL_ERROR = 500;

  /** Runs the rules in order until one ends the run; empty if none has. */
  Optional<Ending> run(Run run, Function<Endpoint, Policy> policies) throws IOException {
    Policy policy;
    try {
      policy = policies.apply(run.endpoint());
    } catch (EvaluationFailed e) {
      return Optional.of(failed(run, "", "", e));
    }
    for (Rule rule : policy.rules(run.phase())) {
      Optional<Ending> ending = run(run, rule);
      if (ending.isPresent()) {
        return ending;
      }
    }
    return Optional.empty();
  }

  private Optional<Ending> run(Run run, Rule rule) throws IOException {
    Evaluation evaluation = new Evaluation(run);
    String action = "";
    try {
      if (!applies(rule, evaluation)) {
        return Optional.empty();
      }
      for (Step step : rule.steps()) {
        action = step.type();
        Optional<Ending> ending =
            actions.of(action, rule.label()).run(call(run, rule, step, evaluation));
        if (ending.isPresent()) {
          return ending;
        }
      }
      return Optional.empty();
    } catch (EvaluationFailed e) {
      return Optional.of(failed(run, rule.label(), action, e));
    }
  }

  private Call call(Run run, Rule rule, Step step, Evaluation evaluation) {
    Config config = new Config(step.config(), evaluation);
    return new Call(run, rule.label(), step.type(), config, effects, decisions);
  }

  private static boolean applies(Rule rule, Evaluation evaluation) {
    for (int i = 0; i < rule.expressions().size(); i++) {
      if (!evaluation.holds(rule.expressions().get(i), "expressions[" + i + "]")) {
        return false;
      }
    }
    return true;
  }

  /** Denies. It is not documented what the platform does then. */
  private Ending failed(Run run, String rule, String action, EvaluationFailed e) {
    String note = "ERR_NGROK_2253: " + e.getMessage();
    decisions.accept(new Decision(run.endpoint().url(), rule, action, note));
    if (run.phase() == Phase.CONNECT) {
      return new Ending.Refused();
    }
    String where = rule.isEmpty() ? "" : "rule \"" + rule + "\": " + action + " ";
    String text = "ERR_NGROK_2253: " + where + e.getMessage() + "\n";
    return new Ending.Answered(HTTPResponse.text(INTERNAL_ERROR, text), false);
  }
}
