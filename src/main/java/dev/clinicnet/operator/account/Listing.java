package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of a resource, and the time on the inventory's clock at which it began. */
record Listing<T extends RemoteObject>(
    Resource<T, ?, ?> resource, long begun, List<T> rows, Set<String> ids) {

  static <T extends RemoteObject> Listing<T> take(
      NgrokApi api, Inventory inventory, Resource<T, ?, ?> resource) {
    long begun = inventory.beginSweep(resource);
    List<T> rows = api.list(resource, Lane.SWEEP);
    Set<String> ids = rows.stream().map(RemoteObject::id).collect(Collectors.toSet());
    return new Listing<>(resource, begun, rows, ids);
  }

  List<T> takeIn(Inventory inventory) {
    return inventory.completeSweep(resource, begun, rows);
  }
}
