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
 * Objects at ngrok in the status of a manifest that somebody marked as another owner's. Objects
 * that the manifest handed over are not among them.
 */
public final class Losses {
  private Losses() {}

  /**
   * The lost objects.
   *
   * @param copied the marks that somebody copied by hand, which are not a loss
   * @param mark the mark of all objects of the manifest
   * @param wanted whether the manifest asks for the existing object
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
