package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Step;
import java.util.List;

/** The steps before an object that is being deleted may go. */
public interface Deletion {
  /** The steps that are possible now. */
  List<Step> steps();

  /** The objects that still exist; empty when the manifest may go. */
  List<String> remaining();

  /** The sentence that names what remains. */
  String left();

  /** The verdict on Programmed while no step fails. */
  Verdict waiting();
}
