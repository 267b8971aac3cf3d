package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.plan.Step;
import java.util.List;

/** How soon a pass must be made. */
public enum Urgency {
  /** It follows a change, or keeps something true. */
  USUAL,
  /**
   * It deletes an object, or closes what ends with its Clinic. It goes before other passes of its
   * Clinic. There may be hundreds at a time, so few of them wait with a thread.
   */
  DELETION,
  /** It cuts a site off, or ends a session. Nothing holds it back. */
  CUT_OFF;

  /** The latest lane in which a pass of this urgency may wait. */
  Lane lane() {
    return switch (this) {
      case USUAL -> Lane.BULK;
      case DELETION -> Lane.DELETING;
      case CUT_OFF -> Lane.CLOSING;
    };
  }

  /** The steps in the lane of this urgency: only a cut goes before the deletions of all others. */
  List<Step> steps(List<Step> steps) {
    return this == DELETION
        ? steps.stream()
            .map(step -> step.lane() == Lane.CLOSING ? step.in(Lane.DELETING) : step)
            .toList()
        : steps;
  }
}
