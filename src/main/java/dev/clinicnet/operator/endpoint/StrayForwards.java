package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.LiveForwards;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Public endpoints whose policy in force forwards to a forbidden URL. Nothing holds back the end of
 * that: neither a refused or suspended manifest, nor one that only reports drift.
 */
public final class StrayForwards {
  private final Predicate<String> mayForwardTo;

  /**
   * The rule of one object.
   *
   * @param mayForwardTo whether its endpoints may forward to a URL
   */
  public StrayForwards(Predicate<String> mayForwardTo) {
    this.mayForwardTo = mayForwardTo;
  }

  /** Whether the listed policy of an endpoint forwards to a forbidden URL. */
  public boolean isStray(Endpoint endpoint) {
    return !leadsHome(endpoint.trafficPolicy());
  }

  private boolean leadsHome(String policy) {
    return LiveForwards.of(policy).stream().allMatch(mayForwardTo);
  }

  /**
   * The planned steps, changed so that no endpoint forwards to a forbidden URL afterwards. No step
   * writes such a policy. A step that corrects or deletes such an endpoint is always carried out.
   * Such an endpoint without a step denies every client.
   */
  public List<Step> closeIn(List<Step> planned, List<Endpoint> present) {
    List<Step> steps = new ArrayList<>(planned);
    steps.removeIf(step -> !leadsHome(PublicEndpoint.policySent(step)));
    for (Endpoint endpoint : present) {
      if (isStray(endpoint)) {
        boolean mended = steps.stream().anyMatch(step -> mends(step, endpoint));
        steps.replaceAll(step -> mends(step, endpoint) ? step.closing() : step);
        if (!mended) {
          steps.add(deny(endpoint.id(), endpoint.url()));
        }
      }
    }
    return List.copyOf(steps);
  }

  /** The step with which an endpoint keeps its URL and denies every client. */
  public static Step deny(String id, String url) {
    return new Step.Update<>(
        Resource.ENDPOINTS,
        id,
        Endpoint.Update.policy(DenyAll.at(url).toJson()),
        url,
        Lane.CLOSING,
        Cause.CLOSING);
  }

  private static boolean mends(Step step, Endpoint endpoint) {
    if (step instanceof Step.Update<?, ?> update) {
      return update.id().equals(endpoint.id()) && PublicEndpoint.policySent(step) != null;
    }
    return step instanceof Step.Delete delete && delete.id().equals(endpoint.id());
  }
}
