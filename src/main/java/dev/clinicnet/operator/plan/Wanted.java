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
 * One object as a manifest wants it at the platform. Each kind of objects says here how it is made
 * and compared; {@link Diff} decides what is to be done.
 *
 * @param name what people call it
 * @param mark that it is to carry; null for a kind that has no metadata
 * @param adopted whether it was there before us, so that it keeps what only people read
 * @param known how the status knows it; empty where it does not, and where the operator itself may
 *     have let go of it: then nothing that differs is drift
 * @param creation makes the body that creates it
 * @param correction makes the body that puts right each field that differs
 * @param change makes the body with what the manifest asks for anew, from what is listed and the
 *     correction, after which it is sent
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

  /** For a kind of which no manifest ever asks for something anew. */
  public static <T, U> BiFunction<T, U, Optional<U>> neverChanges() {
    return (listed, correction) -> Optional.empty();
  }
}
