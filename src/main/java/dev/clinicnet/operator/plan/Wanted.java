package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * One object as a manifest wants it at the platform. Each kind of objects defines here how an
 * object is created and compared. {@link Diff} decides on the steps.
 *
 * @param name its name for people
 * @param mark the mark that it must carry; null for a kind without metadata
 * @param adopted whether it existed before, so that it keeps its texts for people
 * @param known the object in the status; empty if there is none, and if the operator itself may
 *     have released it, so that differences are not drift
 * @param creation makes the body that creates it
 * @param correction makes the body that corrects each field that differs
 * @param change makes the body with the new wishes of the manifest, from the listed object and the
 *     correction; it is sent after the correction
 */
public record Wanted<T extends RemoteObject, C, U extends Changes>(
    Resource<T, C, U> resource,
    String name,
    Mark mark,
    boolean adopted,
    Lane lane,
    Optional<Known> known,
    Supplier<C> creation,
    BiFunction<T, Comparison, U> correction,
    BiFunction<T, U, Optional<U>> change) {

  /** A wanted object of a kind for which a manifest never changes its wishes. */
  public static <T, U> BiFunction<T, U, Optional<U>> neverChanges() {
    return (listed, correction) -> Optional.empty();
  }
}
