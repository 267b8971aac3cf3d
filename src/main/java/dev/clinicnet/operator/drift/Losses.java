package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.claim.HeldIDs;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.CopiedMarks;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an object had at ngrok, as its status says, and what somebody marked as another's; without
 * what the object handed over.
 */
public final class Losses {
  private Losses() {}

  /**
   * What is lost.
   *
   * @param copied the marks that somebody copied by hand: they are no loss
   * @param mark that everything of the object carries
   * @param wanted whether the manifest asks for what is there
   */
  public static List<Drift> of(
      CopiedMarks copied, Mark mark, Inventory inventory, Predicate<RemoteObject> wanted) {
    return HeldIDs.inUse(copied.object()).stream()
        .flatMap(known -> inventory.byID(known.resource(), known.id()).optional().stream())
        .filter(wanted)
        .filter(row -> !Annotations.gaveAway(copied.object(), Mark.on(row)))
        .filter(row -> !copied.isOwn(Mark.on(row), row.id(), row.displayName()))
        .flatMap(row -> Comparison.lost(row, mark).stream())
        .toList();
  }
}
