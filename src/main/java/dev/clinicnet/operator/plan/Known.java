package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * An object as a status knows it: what differs from then is drift.
 *
 * @param name what people called it then
 * @param lost to what it was lost, if it is there and carries another's mark
 */
public record Known(String id, String name, Optional<Drift> lost) {

  /** An object that is found as long as it is there. */
  public Known(String id, String name) {
    this(id, name, Optional.empty());
  }

  /**
   * An object that is found by its mark.
   *
   * @param mark that it carried
   */
  public static Known marked(
      Resource<?, ?, ?> resource, String id, String name, Inventory inventory, Mark mark) {
    return new Known(
        id,
        name,
        inventory.byID(resource, id).optional().flatMap(row -> Comparison.lost(row, mark)));
  }
}
