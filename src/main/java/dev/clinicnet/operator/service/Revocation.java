package dev.clinicnet.operator.service;

import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AdmittedClients;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new policy that no longer admits somebody whom the policy in force admits, because a CA or a
 * user was removed. It waits for no wave, and goes before mass work.
 */
final class Revocation {
  private Revocation() {}

  /**
   * Whether a step sends such a policy. In place of one that denies every client, any policy opens.
   */
  static boolean isIn(ServiceObservation o, Step step) {
    return step instanceof Step.Update<?, ?> update
        && o.inventory()
            .byID(Resource.ENDPOINTS, update.id())
            .optional()
            .filter(endpoint -> !ServiceQuarantine.denies(o, endpoint))
            .filter(
                endpoint ->
                    AdmittedClients.areFewer(
                        endpoint.trafficPolicy(), PublicEndpoint.policySent(step)))
            .isPresent();
  }

  /**
   * The steps of a decision, those that revoke first, in the lane of deletions. There may be
   * hundreds of them, and what closes keeps a thread while it waits for its turn. If the policy
   * cannot be sent yet, because it reads a secret that does not exist, the steps before it are as
   * urgent. They have the same cause as before: a suspended Clinic holds them back like any other
   * change.
   *
   * @param endpointSteps the steps of the endpoint, also those that cannot be sent yet
   */
  static List<Step> hurry(ServiceObservation o, List<Step> endpointSteps, List<Step> steps) {
    List<Step> revoking = endpointSteps.stream().filter(step -> isIn(o, step)).toList();
    if (!steps.containsAll(revoking)) {
      return steps.stream().map(Revocation::hurried).toList();
    }
    return Stream.concat(
            revoking.stream().map(Revocation::hurried),
            steps.stream().filter(step -> !revoking.contains(step)))
        .toList();
  }

  private static Step hurried(Step step) {
    return step.lane().compareTo(Lane.DELETING) > 0 ? step.in(Lane.DELETING) : step;
  }
}
