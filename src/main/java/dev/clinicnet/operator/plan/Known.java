package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * An object as a status knows it. A later difference is drift.
 *
 * @param name its name for people at that time
 * @param lost the owner to which it was lost, if it exists and carries another mark
 */
public record Known(String id, String name, Optional<Drift> lost) {

  /** An object that is found while it exists. */
  public Known(String id, String name) {
    this(id, name, Optional.empty());
  }

  /**
   * An object that is found by its mark.
   *
   * @param mark the mark that it carried
   */
  public static Known marked(
      Resource<?, ?, ?> resource, String id, String name, Inventory inventory, Mark mark) {
    return new Known(
        id,
        name,
        inventory.byID(resource, id).optional().flatMap(row -> Comparison.lost(row, mark)));
  }
}
