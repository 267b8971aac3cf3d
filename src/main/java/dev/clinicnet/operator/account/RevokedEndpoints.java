package dev.clinicnet.operator.account;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes down marked public endpoints whose object is gone, as when it was retained, and which their
 * namespace may not have any more. Only where the administrator wants what is revoked to be closed.
 * Where the object is there, that is its own to do.
 */
public final class RevokedEndpoints {
  private final Settings settings;
  private final Set<String> namespaces;
  private final Function<String, Grant> grants;
  private final Inventory inventory;
  private final PlanRunner runner;

  /**
   * Those of one account.
   *
   * @param namespaces those that are watched; empty: all
   * @param grants what a namespace may hold
   */
  public RevokedEndpoints(
      Settings settings,
      Set<String> namespaces,
      Function<String, Grant> grants,
      Inventory inventory,
      PlanRunner runner) {
    this.settings = settings;
    this.namespaces = namespaces;
    this.grants = grants;
    this.inventory = inventory;
    this.runner = runner;
  }

  /**
   * Takes down what is due.
   *
   * @param absent whether an owner has no manifest in the namespaces that are watched
   * @return whether a name has become free
   */
  public boolean close(Predicate<Owner> absent) {
    List<Step> steps = new ArrayList<>();
    for (Endpoint endpoint : inventory.all(Resource.ENDPOINTS)) {
      Mark.on(endpoint)
          .filter(mark -> mark.instance().equals(settings.instance()))
          .filter(mark -> mark.owner().filter(this::isWatched).filter(absent).isPresent())
          .filter(mark -> !(mark.wasAdopted() && mark.isRetained()))
          .filter(mark -> isRevoked(endpoint, grants.apply(mark.namespace())))
          .map(mark -> step(endpoint, mark))
          .ifPresent(steps::add);
    }
    return !steps.isEmpty() && runner.run("revoked endpoints", steps, Journal.NONE).progressed();
  }

  private boolean isWatched(Owner owner) {
    return namespaces.isEmpty() || namespaces.contains(owner.namespace());
  }

  private static boolean isRevoked(Endpoint endpoint, Grant grant) {
    return grant.closesRevoked() && !grant.mayKeepOpen(endpoint.url());
  }

  /** What was there before us stays, and lets nobody in. */
  private static Step step(Endpoint endpoint, Mark mark) {
    return mark.wasAdopted()
        ? PublicEndpoint.release(endpoint, mark, Cause.CLOSING)
        : new Step.Delete(Resource.ENDPOINTS, endpoint.id(), endpoint.url(), Cause.CLOSING);
  }
}
