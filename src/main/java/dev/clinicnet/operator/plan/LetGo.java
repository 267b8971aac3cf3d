package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The step for an object that its manifest no longer wants. Afterwards no step is left.
 *
 * <pre>
 * the object is to   undo window   step
 * -----------------  ------------  -----------------------
 * stay               any           update: mark "retained"
 * go                 none          delete
 * go                 some          update: mark "retired"
 * </pre>
 *
 * @param mark the mark that it carries or must carry
 */
public record LetGo(Resource<?, ?, ?> resource, RemoteObject row, Mark mark) {

  /** The object stays as it is. */
  public Optional<Step> retain() {
    return mark.isRetained() ? Optional.empty() : Optional.of(marking(mark.retained()));
  }

  /** The object is released, but its name may be wanted back within the undo window. */
  public Optional<Step> release(Duration undoWindow, Instant now) {
    if (undoWindow.isZero()) {
      return Optional.of(new Step.Delete(resource, row.id(), row.displayName()));
    }
    return mark.retiredAt() != null ? Optional.empty() : Optional.of(marking(mark.retired(now)));
  }

  private Step marking(Mark other) {
    return Step.Update.mark(resource, row, other, Lane.CLOSING);
  }
}
