package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The steps for an object, and the verdicts on it. */
public interface Decision {
  /** The steps that make the account match the manifest; empty when it matches. */
  List<Step> steps();

  /** The verdicts. Programmed is among them only if the steps do not decide it. */
  Assessment assessment();

  /** Changes by others that may not be corrected, because the manifest is refused. */
  List<Drift> left();

  /** The time of the next pass if nothing happens before; empty when only a change matters. */
  Optional<Instant> requeueAt();
}
