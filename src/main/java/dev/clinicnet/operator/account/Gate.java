package dev.clinicnet.operator.account;

import java.util.function.Supplier;

/** Lets work begin unless the process is ending. */
public interface Gate {
  /**
   * Does the work unless no more work may begin.
   *
   * @param otherwise the result if the work may not begin
   */
  <T> T run(Supplier<T> work, T otherwise);
}
