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
 * Finds marked public endpoints that lead into the network of another Clinic. If the object of the
 * endpoint exists, it takes the endpoint down itself. If it is gone, the endpoint is taken down
 * here; an endpoint that existed before denies every client instead.
 */
public final class StrayEndpoints {
  private final Settings settings;
  private final Inventory inventory;
  private final PlanRunner runner;

  /** The stray endpoints of one account. */
  public StrayEndpoints(Settings settings, Inventory inventory, PlanRunner runner) {
    this.settings = settings;
    this.inventory = inventory;
    this.runner = runner;
  }

  /**
   * Takes down the endpoints whose object is gone, and returns the objects that must check their
   * endpoints.
   */
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
        // Somebody copied a mark onto this object's endpoint, so this object corrects it.
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
