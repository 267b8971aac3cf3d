package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The results of a plan.
 *
 * @param done the steps that succeeded
 * @param failed the failed steps, with the reason and the time of the next attempt
 * @param cut whether it ended early, to give way
 */
public record Run(List<Step> done, List<StepFailure> failed, boolean cut) {

  private static final Set<Failure> UNCERTAIN =
      EnumSet.of(Failure.ALREADY_EXISTS, Failure.OUTCOME_UNKNOWN, Failure.NOT_FOUND);

  /** A failed step. */
  public record StepFailure(Step step, Attempts.Failed attempt) {
    /** Why it failed. */
    public Failure failure() {
      return attempt.failure().failure();
    }

    /** Whether it was not sent, because its turn in the request budget has not come. */
    public boolean waits() {
      return failure() == Failure.WAITING;
    }

    /** Whether the account must be listed again before the step can be planned again. */
    public boolean isUncertain() {
      return UNCERTAIN.contains(failure());
    }

    /** Whether a later step of the same plan must wait for this one. */
    boolean keepsBack(Step later) {
      return (waits() || failure() == Failure.THROTTLED)
          && (!later.lane().takesAway()
              || step.lane().compareTo(later.lane()) <= 0
              || (step instanceof Step.Remote remote && later.isOn(remote.resource())));
    }
  }

  public Run {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /** A complete run. */
  public Run(List<Step> done, List<StepFailure> failed) {
    this(done, failed, false);
  }

  /** A run without steps. */
  public static Run none() {
    return new Run(List.of(), List.of());
  }

  /**
   * This run with the uncertain steps of an earlier one, which are in no plan until their result is
   * known.
   */
  public Run after(Run earlier) {
    List<StepFailure> all = new ArrayList<>(failed);
    earlier.failed().stream().filter(StepFailure::isUncertain).forEach(all::add);
    return new Run(done, all, cut);
  }

  /** Whether another decision at once can make progress. */
  public boolean progressed() {
    return !done.isEmpty();
  }

  /** This run, as if some of its steps had never been tried. */
  public Run without(List<StepFailure> dropped) {
    return new Run(
        done, failed.stream().filter(failure -> !dropped.contains(failure)).toList(), cut);
  }

  /** Whether some step waits for its turn in the request budget. */
  public boolean waits() {
    return failed.stream().anyMatch(StepFailure::waits);
  }

  /**
   * Whether nothing was sent or written, only because the turn in the request budget has not come.
   */
  public boolean onlyWaits() {
    return !cut && done.isEmpty() && waits() && failed.stream().allMatch(StepFailure::waits);
  }

  /** Whether nothing has failed, and what waits for its turn has it in a moment. */
  public boolean waitsBriefly() {
    return waits()
        && failed.stream().allMatch(failure -> failure.attempt().failure().isBriefWait());
  }

  /** The time of the next pass if nothing happens before: at once if the run had to give way. */
  public Optional<Instant> nextAttempt(Instant now) {
    return cut ? Optional.of(now) : nextAttempt();
  }

  /** The time at which the first of the failed steps may be tried again. */
  public Optional<Instant> nextAttempt() {
    return failed.stream()
        .map(failure -> failure.attempt().notBefore())
        .min(Comparator.naturalOrder());
  }
}
