package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes to Kubernetes for a Clinic: the Secret for its agent's API, the site kit, and the DNS
 * records. They come before the requests to ngrok, because a token may be issued only if it can be
 * published.
 */
final class Publications {
  static final String SECRET = "Secret";
  static final String DNS_ENDPOINT = "DNSEndpoint";

  private Publications() {}

  /**
   * The writes that are due.
   *
   * @param decision the decision for the platform
   */
  static List<Step> due(ClinicObservation o, ClinicDecision decision) {
    // A Secret that cannot be written must not prevent the cut of a site.
    boolean cutting = ClinicQuarantine.lasts(o) && !decision.remote().isEmpty();
    if (cutting || decision.assessment().fails(ConditionType.Accepted)) {
      return List.of();
    }
    List<Step> due = new ArrayList<>();
    if (AgentAPIKeeper.isDue(o, decision.agentAPI())) {
      due.add(new Step.Write(SECRET, ClinicNames.agentAPISecret(o.clinic())));
    }
    if (decision.lostToken() == LostToken.FOUND || isSiteKitDue(o, decision)) {
      due.add(new Step.Write(SECRET, ClinicNames.siteKitSecret(o.clinic())));
    }
    if (o.dns().isDue(o.clinic(), decision.status().dnsRecords())) {
      due.add(new Step.Write(DNS_ENDPOINT, o.clinic().getMetadata().getName()));
    }
    return due;
  }

  /**
   * Whether the kit must be written. It waits for the deletion of a credential whose token is lost,
   * because the Secret names that credential. Its token must be known and its credential must
   * exist. Otherwise a new credential brings the kit with its token.
   */
  private static boolean isSiteKitDue(ClinicObservation o, ClinicDecision decision) {
    SiteKitSecret now = o.secret();
    if (decision.lostToken() != LostToken.NONE
        || decision.siteKit().isEmpty()
        || !decision.published()
        || now.token().isEmpty()
        || now.credentialID().isEmpty()) {
      return false;
    }
    return !decision.siteKit().get().isIn(now)
        || SiteLock.of(o).isDue()
        || (now.isIssuing() && !CredentialDecision.isIssuing(o))
        || !SiteKitSecrets.isOwned(o.clinic(), now.present());
  }
}
