package dev.clinicnet.operator.account;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds marked public endpoints that lead into the network of a Clinic that is not theirs. One
 * whose object is there is left to that object; one whose object is gone is taken down here, or
 * lets nobody in where it was there before us.
 */
public final class StrayEndpoints {
  private final Settings settings;
  private final Inventory inventory;
  private final PlanRunner runner;

  /** Those of one account. */
  public StrayEndpoints(Settings settings, Inventory inventory, PlanRunner runner) {
    this.settings = settings;
    this.inventory = inventory;
    this.runner = runner;
  }

  /** Takes down what nobody is there for, and returns the objects that must look at theirs. */
  public Set<Owner> close(Holders holders) {
    List<Step> steps = new ArrayList<>();
    Set<Owner> owners = new LinkedHashSet<>();
    for (Endpoint endpoint : inventory.all(Resource.ENDPOINTS)) {
      Optional<Mark> mark =
          Mark.parse(endpoint.metadata())
              .filter(found -> endpoint.isCloud())
              .filter(found -> found.instance().equals(settings.instance()))
              .filter(found -> found.owner().isPresent())
              .filter(found -> isStray(endpoint, found, holders));
      List<Owner> having = mark.isPresent() ? holders.having(endpoint.id()) : List.of();
      if (!having.isEmpty()) {
        // Somebody copied a mark onto what they have: it is theirs to put right.
        owners.addAll(having);
      } else if (mark.isPresent() && holders.named(mark.get()).isPresent()) {
        owners.add(mark.get().owner().orElseThrow());
      } else if (mark.isPresent()) {
        steps.add(
            mark.get().wasAdopted()
                ? PublicEndpoint.release(endpoint, mark.get(), Cause.CLOSING)
                : new Step.Delete(
                    Resource.ENDPOINTS, endpoint.id(), endpoint.url(), Cause.CLOSING));
      }
    }
    if (!steps.isEmpty()) {
      runner.run("stray endpoints", steps, Journal.NONE);
    }
    return owners;
  }

  private static boolean isStray(Endpoint endpoint, Mark mark, Holders holders) {
    return new StrayForwards(url -> holders.mayForwardTo(url, mark.namespace(), mark.clinic()))
        .isStray(endpoint);
  }
}
