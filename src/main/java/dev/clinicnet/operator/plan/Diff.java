package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps for one object that a manifest wants. There is one table for every kind:
 *
 * <pre>
 * found    title             status knows it   outcome   step                        drift
 * -------  ----------------  ----------------  --------  --------------------------  --------------
 * unknown  any               any               WAITS     none                        none
 * absent   any               no                CREATED   create                      none
 * absent   any               yes               CREATED   create                      deleted or lost
 * present  OWN, as wanted    any               KEPT      none                        none
 * present  OWN, differs      no                KEPT      update what differs         none
 * present  OWN, differs      yes               KEPT      update what differs         what differs
 * present  OWN, asked anew   any               KEPT      update, after what differs  none
 * present  GIVEN             any               TAKEN     update: mark, description   none
 * present  ADOPTED           any               TAKEN     update: mark alone          none
 * present  SHARED, UNMARKED  any               REFUSED   none                        none
 * present  HELD              any               REFUSED   none                        none
 * </pre>
 *
 * <p>A kind may say {@code OWN} against the mark: for an object that is shared on purpose, or that
 * its status names and whose mark somebody removed or wrote by hand.
 *
 * @param steps none while it waits, is refused, or is as wanted
 */
public record Diff(Outcome outcome, List<Step> steps) {

  /** The outcome for the object. */
  public enum Outcome {
    /** The account must be listed again first. */
    WAITS,
    /** The object is created. */
    CREATED,
    /** The manifest owns the object, and differences are corrected. */
    KEPT,
    /** The manifest takes the object over. */
    TAKEN,
    /** The object belongs to another owner, and stays as it is. */
    REFUSED
  }

  public Diff {
    steps = List.copyOf(steps);
  }

  /** The diff for an object that the manifest owns if it exists. */
  public static <T extends RemoteObject, C, U extends Changes> Diff of(
      Wanted<T, C, U> wanted, Finding<T> found) {
    return of(wanted, found, Title.OWN);
  }

  /**
   * Decides.
   *
   * @param title the title to the found object; it does not matter if there is none
   */
  public static <T extends RemoteObject, C, U extends Changes> Diff of(
      Wanted<T, C, U> wanted, Finding<T> found, Title title) {
    if (found.isUnknown()) {
      return new Diff(Outcome.WAITS, List.of());
    }
    if (found.isAbsent()) {
      return new Diff(Outcome.CREATED, List.of(create(wanted)));
    }
    T listed = found.get();
    return switch (title) {
      case OWN -> new Diff(Outcome.KEPT, keep(wanted, listed));
      case GIVEN -> take(wanted, listed, wanted.mark().inPlaceOf(Mark.on(listed)));
      case ADOPTED -> take(wanted, listed, wanted.mark().adopting());
      case SHARED, UNMARKED, HELD -> new Diff(Outcome.REFUSED, List.of());
    };
  }

  /**
   * What somebody else did to an object that the status knows, without a step.
   *
   * @param present the object, if it is there
   */
  public static <T extends RemoteObject> List<Drift> drift(
      Wanted<T, ?, ?> wanted, Optional<T> present, Inventory inventory) {
    if (present.isEmpty()) {
      return wanted
          .known()
          .filter(known -> known.id() != null && inventory.isGone(wanted.resource(), known.id()))
          .map(known -> Drift.deleted(wanted.resource(), known.name(), known.id()))
          .stream()
          .toList();
    }
    Comparison comparison = Comparison.of(wanted);
    Object unused = wanted.correction().apply(present.get(), comparison);
    return comparison.drift();
  }

  private static <T extends RemoteObject, C, U extends Changes> Step create(
      Wanted<T, C, U> wanted) {
    return new Step.Create<>(
        wanted.resource(),
        wanted.creation().get(),
        wanted.name(),
        wanted.lane(),
        wanted.known().map(known -> lost(wanted.resource(), known)).stream().toList());
  }

  private static Drift lost(Resource<?, ?, ?> resource, Known known) {
    return known.lost().orElseGet(() -> Drift.deleted(resource, known.name(), known.id()));
  }

  private static <T extends RemoteObject, U extends Changes> List<Step> keep(
      Wanted<T, ?, U> wanted, T listed) {
    Comparison comparison = Comparison.of(wanted);
    U correction = wanted.correction().apply(listed, comparison);
    List<Step> steps = new ArrayList<>();
    if (!comparison.drift().isEmpty()) {
      boolean known = wanted.known().map(Known::id).filter(listed.id()::equals).isPresent();
      steps.add(update(wanted, listed, correction, known ? comparison.drift() : List.of()));
    }
    wanted
        .change()
        .apply(listed, correction)
        .ifPresent(changes -> steps.add(update(wanted, listed, changes, List.of())));
    return steps;
  }

  private static <T extends RemoteObject, U extends Changes> Diff take(
      Wanted<T, ?, U> wanted, T listed, Mark mark) {
    U changes = wanted.correction().apply(listed, Comparison.taking(wanted, mark));
    return new Diff(Outcome.TAKEN, List.of(update(wanted, listed, changes, List.of())));
  }

  private static <T extends RemoteObject, U extends Changes> Step update(
      Wanted<T, ?, U> wanted, T listed, U changes, List<Drift> drift) {
    Step update =
        new Step.Update<>(
            wanted.resource(), listed.id(), changes, wanted.name(), wanted.lane(), drift);
    return wanted.lane() == Lane.CLOSING ? update.closing() : update;
  }
}
