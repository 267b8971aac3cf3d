package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import java.util.List;
import java.util.Optional;

/**
 * The public endpoint that an object keeps while its manifest is refused, and changes of it by
 * others. Its policy cannot be restored, because the manifest of that policy is not kept.
 */
public record HeldEndpoint(PublicEndpoint endpoint) {

  /**
   * Whether a policy was changed by hand: it is neither the one in the platform's last answer, nor
   * that one with rules of a refused manifest in front. A policy that denies every client does no
   * harm.
   */
  public boolean isEdited(Endpoint present) {
    return PolicyEcho.isEdited(endpoint.last(), present)
        && !PolicyEcho.holds(endpoint.last(), present, DenyAll.at(present.url()));
  }

  /** The step that makes an endpoint deny every client after a change of its policy by hand. */
  public Step close(Endpoint present) {
    Comparison comparison = new Comparison(Resource.ENDPOINTS, present.url());
    endpoint.addPolicy(comparison, present);
    return new Step.Update<>(
        Resource.ENDPOINTS,
        present.id(),
        Endpoint.Update.policy(DenyAll.at(present.url()).toJson()),
        present.url(),
        Lane.CLOSING,
        Cause.DRIFT,
        comparison.drift());
  }

  /** Other changes of the endpoint that the status names, or its deletion. */
  public List<Drift> drift() {
    Optional<Endpoint> known = endpoint.present().stream().filter(endpoint::isKnown).findFirst();
    String url = known.map(Endpoint::url).orElse(null);
    String wanted = endpoint.lastURL() == null ? url : endpoint.lastURL();
    return wanted == null
        ? List.of()
        : Diff.drift(endpoint.wanted(known, wanted, null), known, endpoint.owner().inventory());
  }
}
