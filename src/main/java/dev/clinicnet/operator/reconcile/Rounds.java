package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One pass over an object: deciding and acting in turns, since what one step brings is what the
 * next rests on, until nothing is left to do or nothing moves.
 *
 * @param decision the last decision
 * @param run how the last steps went, with what earlier ones left uncertain
 * @param freed whether a name was let go of, which somebody else may wait for
 */
record Rounds<D>(D decision, Run run, boolean freed) {
  private static final int MOST = 10;

  /**
   * Goes through the rounds.
   *
   * @param steps what of a decision may be carried out
   * @param giveWay whether something more urgent waits for the pass to end
   */
  static <D> Rounds<D> of(
      Account account,
      Owner owner,
      Journal journal,
      Supplier<D> decide,
      Function<D, List<Step>> steps,
      BooleanSupplier giveWay) {
    D decision = decide.get();
    Run run = Run.none();
    boolean freed = false;
    for (int round = 0; round < MOST; round++) {
      List<Step> permitted = steps.apply(decision);
      if (permitted.isEmpty()) {
        break;
      }
      run = account.runner().run(owner.toString(), permitted, journal, giveWay).after(run);
      freed |= run.done().stream().anyMatch(Step::freesName);
      decision = decide.get();
      if (!run.progressed() || run.cut()) {
        break;
      }
    }
    return new Rounds<>(decision, run, freed);
  }
}
