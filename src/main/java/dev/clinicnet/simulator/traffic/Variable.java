package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import java.util.function.Function;

/**
 * A variable that expressions may read.
 *
 * @param type the documented type
 * @param value its value within a run; null if there is none now
 */
record Variable(CelType type, Function<Run, Object> value) {

  /** A documented variable whose value the simulator cannot know. */
  static Variable unmodelled(CelType type, String name) {
    return new Variable(
        type,
        run -> {
          throw new Unmodelled("the variable \"" + name + "\"");
        });
  }
}
