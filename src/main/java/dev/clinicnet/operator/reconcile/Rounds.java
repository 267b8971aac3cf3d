package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.ngrok.Turn;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Decides and acts in turns within one pass, because the next decision depends on the results of
 * the steps. The rounds end when nothing is left to do, or when nothing changes.
 *
 * @param decision the last decision
 * @param run the results of the last steps, with what earlier steps left uncertain
 * @param freed whether a name was released that another object may wait for
 */
record Rounds<D>(D decision, Run run, boolean freed) {
  private static final int MOST = 10;

  /**
   * Runs the rounds.
   *
   * @param turn the turn of the object
   * @param steps the steps of a decision
   * @param permitted selects those that may be carried out
   * @param giveWay whether something more urgent waits for the pass to end
   */
  static <D> Rounds<D> of(
      Account account,
      Turn turn,
      Journal journal,
      Decider<D> decider,
      Function<D, List<Step>> steps,
      UnaryOperator<List<Step>> permitted,
      BooleanSupplier giveWay) {
    D decision = decider.decide();
    account.attempts().keep(turn.party().toString(), steps.apply(decision));
    Run run = Run.none();
    boolean freed = false;
    for (int round = 0; round < MOST; round++) {
      List<Step> next = withoutRepeated(permitted.apply(steps.apply(decision)), run);
      if (decider.isProvisional()) {
        Optional<Run.StepFailure> waits =
            next.stream().findFirst().flatMap(first -> account.runner().mustWait(turn, first));
        if (waits.isPresent()) {
          run = new Run(List.of(), List.of(waits.get()));
          break;
        }
        decision = decider.decide();
        continue;
      }
      if (next.isEmpty()) {
        break;
      }
      Run latest = account.runner().run(turn, next, journal, giveWay);
      run = latest.after(run);
      // A write that Kubernetes refused is neither done nor failed, and the next decision tells it.
      if (latest.onlyWaits() && next.stream().noneMatch(Step.Write.class::isInstance)) {
        break;
      }
      freed |= run.done().stream().anyMatch(Step::freesName);
      decision = decider.decide();
      if (!run.progressed() || run.cut()) {
        break;
      }
    }
    return new Rounds<>(decision, run, freed);
  }

  /** If somebody undoes a write in Kubernetes at once, the next round does not repeat it. */
  private static List<Step> withoutRepeated(List<Step> steps, Run before) {
    return steps.stream()
        .filter(step -> !(step instanceof Step.Write && before.done().contains(step)))
        .toList();
  }
}
