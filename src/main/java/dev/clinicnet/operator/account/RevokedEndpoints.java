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
 * Takes down marked public endpoints whose object is gone, for example because it was retained, and
 * which their namespace may not have any more. This happens only if the administrator wants revoked
 * names to be closed. An object that exists closes its own endpoint.
 */
public final class RevokedEndpoints {
  private final Settings settings;
  private final Set<String> namespaces;
  private final Function<String, Grant> grants;
  private final Inventory inventory;
  private final PlanRunner runner;

  /**
   * The revoked endpoints of one account.
   *
   * @param namespaces the watched namespaces; empty: all
   * @param grants the names that a namespace may hold
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
   * Takes down the endpoints that are due.
   *
   * @param absent whether an owner has no manifest in the watched namespaces
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

  /** An endpoint that existed before stays, and denies every client. */
  private static Step step(Endpoint endpoint, Mark mark) {
    return mark.wasAdopted()
        ? PublicEndpoint.release(endpoint, mark, Cause.CLOSING)
        : new Step.Delete(Resource.ENDPOINTS, endpoint.id(), endpoint.url(), Cause.CLOSING);
  }
}
