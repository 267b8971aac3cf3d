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
 * What a namespace has at ngrok for objects that are gone: what was retained or abandoned, and
 * addresses that are kept in the undo window. Each such object counts against the limits of the
 * namespace as if it were there: else who deletes and creates in turn has any number.
 *
 * @param settings whose marks count, and how long names are kept
 */
record LeftBehind(Inventory inventory, Settings settings) {
  /**
   * The objects of a kind that are gone, each with what is said of it.
   *
   * @param present the names of those that are there
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
   * What was adopted and let go of is as it was before us. A domain of a deleted Clinic that is
   * kept goes to the next one of the namespace that lists it.
   */
  private boolean counts(RemoteObject row, Mark mark) {
    boolean letGo = mark.wasAdopted() && mark.isRetained();
    boolean kept = row instanceof ReservedDomain && mark.retiredAt() != null;
    return mark.instance().equals(settings.instance()) && !letGo && !kept;
  }

  /** What stays has no end, and is said first. */
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
