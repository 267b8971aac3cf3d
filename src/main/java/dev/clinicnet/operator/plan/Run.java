package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a plan went.
 *
 * @param done the steps that succeeded
 * @param failed the steps that did not, with why and when they may be tried again
 */
public record Run(List<Step> done, List<StepFailure> failed) {

  /** A step that did not succeed. */
  public record StepFailure(Step step, Attempts.Failed attempt) {
    /** Why it failed. */
    public Failure failure() {
      return attempt.failure().failure();
    }
  }

  public Run {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /** Whether looking again at once can lead further. */
  public boolean progressed() {
    return !done.isEmpty();
  }

  /** When the first of the failed steps may be tried again. */
  public Optional<Instant> nextAttempt() {
    return failed.stream()
        .map(failure -> failure.attempt().notBefore())
        .min(Comparator.naturalOrder());
  }
}
