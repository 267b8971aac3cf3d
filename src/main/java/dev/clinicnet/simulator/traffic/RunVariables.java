package dev.clinicnet.simulator.traffic;

import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;

/** The values of the variables within one run. */
record RunVariables(Run run) implements CelVariableResolver {

  @Override
  public Optional<Object> find(String name) {
    Variable variable = Variables.ALL.get(name);
    if (variable == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(variable.value().apply(run));
    } catch (Unmodelled e) {
      throw run.note(e);
    }
  }
}
