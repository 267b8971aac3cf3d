package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done for an object, and what is to be said of it. */
public interface Decision {
  /** The changes that bring the account to what the manifest asks for; empty when it is there. */
  List<Step> steps();

  /** The verdicts. Programmed is in it only where the steps do not decide it. */
  Assessment assessment();

  /** What somebody else changed and what may not be put right, since the manifest is refused. */
  List<Drift> left();

  /** When to look again though nothing happens; empty when only a change matters. */
  Optional<Instant> requeueAt();
}
