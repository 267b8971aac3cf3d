package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Step;
import java.util.List;

/** What is to be done before an object that is being deleted may go. */
public interface Deletion {
  /** What can be done now. */
  List<Step> steps();

  /** What is still there; empty when the object may go. */
  List<String> remaining();

  /** The sentence that names what remains. */
  String left();

  /** What Programmed says while no step fails. */
  Verdict waiting();
}
