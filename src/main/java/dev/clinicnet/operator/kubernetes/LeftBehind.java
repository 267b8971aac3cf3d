package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The objects of a namespace at ngrok whose owners are gone: retained and abandoned ones, and
 * addresses in the undo window. Each such owner counts against the limits of the namespace as if it
 * existed. Otherwise a user could exceed a limit by deleting and creating in turn.
 *
 * @param settings the instance whose marks count, and the undo window
 */
record LeftBehind(Inventory inventory, Settings settings) {
  /**
   * The owners of a kind that are gone, each with a sentence about it.
   *
   * @param present the names of existing owners
   */
  Collection<String> of(String kind, String namespace, Set<String> present) {
    Map<String, String> gone = new TreeMap<>();
    for (Resource<?, ?, ?> resource : Resource.with(Resource.Trait.OWNED)) {
      for (RemoteObject row : inventory.lookUp(resource, Keys.namespace(namespace))) {
        Mark.on(row)
            .filter(mark -> counts(row, mark))
            .flatMap(
                mark ->
                    mark.owner()
                        .filter(owner -> owner.kind().equals(kind))
                        .map(Owner::name)
                        .filter(name -> !present.contains(name))
                        .map(name -> Map.entry(name, name + until(mark))))
            .ifPresent(entry -> gone.merge(entry.getKey(), entry.getValue(), LeftBehind::longer));
      }
    }
    return gone.values();
  }

  /**
   * Whether an object counts. An adopted and released object does not belong to the namespace any
   * more. A kept domain of a deleted Clinic goes to the next Clinic of the namespace that lists it.
   */
  private boolean counts(RemoteObject row, Mark mark) {
    boolean letGo = mark.wasAdopted() && mark.isRetained();
    boolean kept = row instanceof ReservedDomain && mark.retiredAt() != null;
    return mark.instance().equals(settings.instance()) && !letGo && !kept;
  }

  /** Objects that stay have no end, and are reported first. */
  private static String longer(String one, String other) {
    return one.length() <= other.length() ? one : other;
  }

  private String until(Mark mark) {
    return mark.keptUntil(settings.undoWindow()).map(end -> " (kept until " + end + ")").orElse("");
  }

  /** The names of objects. */
  static Set<String> names(Collection<? extends HasMetadata> all) {
    return all.stream().map(one -> one.getMetadata().getName()).collect(Collectors.toSet());
  }
}
