package dev.clinicnet.operator.simulator.traffic;

import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;

/** The values of the variables within one run. */
final class RunVariables implements CelVariableResolver {
  private final Run run;
  private Unmodelled unmodelled;

  RunVariables(Run run) {
    this.run = run;
  }

  @Override
  public Optional<Object> find(String name) {
    Variable variable = Variables.ALL.get(name);
    if (variable == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(variable.value().apply(run));
    } catch (Unmodelled e) {
      unmodelled = e;
      throw e;
    }
  }

  /**
   * Says again what was unmodelled: the operators of CEL pass over an error that does not matter to
   * their result.
   */
  void rethrow() {
    if (unmodelled != null) {
      throw unmodelled;
    }
  }
}
