package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.endpoint.HeldEndpoint;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** A Clinic that is not accepted and keeps what it has. */
final class RefusedClinic {
  private RefusedClinic() {}

  /**
   * The steps for a refused Clinic. Names that its tokens may not bind are removed. If the policy
   * of the endpoint to the agent's API was changed by hand, it is restored, or the endpoint denies
   * every client.
   */
  static List<Step> steps(
      ClinicObservation o, CredentialDecision credential, AgentAPIDecision agentAPI) {
    List<Step> steps =
        new ArrayList<>(
            credential.steps().stream().filter(step -> step.cause() == Cause.CLOSING).toList());
    HeldEndpoint held = AgentAPIDecision.held(o);
    for (Endpoint endpoint : AgentAPIDecision.present(o)) {
      if (held.isEdited(endpoint)) {
        steps.add(
            agentAPI.steps().stream()
                .filter(step -> putsPolicyRight(step, endpoint))
                .findFirst()
                .orElseGet(() -> held.close(endpoint)));
      }
    }
    return steps;
  }

  private static boolean putsPolicyRight(Step step, Endpoint endpoint) {
    return step instanceof Step.Update<?, ?> update
        && update.resource().equals(Resource.ENDPOINTS)
        && update.id().equals(endpoint.id())
        && update.drift().stream().anyMatch(drift -> drift.field().equals(Field.POLICY));
  }

  /**
   * Changes by others that are left as they are.
   *
   * @param wanted the steps if it were accepted
   * @param done the steps of these that are carried out
   */
  static List<Drift> left(List<Step> wanted, List<Step> done) {
    List<Drift> mended = done.stream().flatMap(step -> step.drift().stream()).toList();
    return wanted.stream()
        .flatMap(step -> step.drift().stream())
        .filter(drift -> !mended.contains(drift))
        .toList();
  }
}
