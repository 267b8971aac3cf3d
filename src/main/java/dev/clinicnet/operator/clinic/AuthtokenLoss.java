package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.ngrok.Credential;
import java.util.List;
import java.util.Optional;

/**
 * The loss of an authtoken in Kubernetes while its credential is still at ngrok: the cluster was
 * lost, or a backup was restored that is older than the authtoken. ngrok shows a token only once,
 * so a new one is issued. The site may have the earlier one, and may be switched off now.
 */
final class AuthtokenLoss {
  private AuthtokenLoss() {}

  /**
   * Whether a credential carries the Clinic's mark, and neither the site kit nor the status knew it
   * when it was found. A credential that was adopted never had a site kit.
   */
  static boolean isInherited(ClinicObservation o, Credential credential) {
    return inStatus(o, credential.id())
        .map(RetiringCredential::wasInherited)
        .orElseGet(
            () ->
                !o.knownCredentialIDs().contains(credential.id())
                    && o.secret().credentialID().filter(credential.id()::equals).isEmpty()
                    && !o.wasAdopted(credential));
  }

  /** The credentials at ngrok of which the same is true. */
  static List<Credential> inherited(ClinicObservation o) {
    return o.credentials().stream().filter(credential -> isInherited(o, credential)).toList();
  }

  /**
   * Whether an agent has used the present authtoken since another was found to be retiring. An old
   * status may know an earlier use, which says nothing about the site today.
   *
   * @param firstUsedAt when the present authtoken was first used; null if it was not
   */
  static boolean isInstalledSince(String firstUsedAt, String since) {
    return firstUsedAt != null && !Timestamps.of(firstUsedAt).isBefore(Timestamps.of(since));
  }

  /**
   * What SiteKitCurrent says while the site may still have such an authtoken; empty if it has the
   * present one, or if there is none.
   *
   * @param authtoken the new status of the authtoken; null before there is one
   */
  static Optional<Verdict> siteKit(ClinicObservation o, AuthtokenStatus authtoken) {
    if (authtoken == null) {
      return Optional.empty();
    }
    List<String> live = inherited(o).stream().map(Credential::id).toList();
    return authtoken.retiring().stream()
        .filter(old -> live.contains(old.credentialID()))
        .filter(old -> !isInstalledSince(authtoken.firstUsedAt(), old.since()))
        .findFirst()
        .map(old -> Verdict.no(Reason.AuthtokenLost, message(authtoken.credentialID() != null)));
  }

  private static String message(boolean issued) {
    return "The site's authtoken was lost in Kubernetes: ngrok has a credential of this Clinic that"
        + " neither the site kit nor the status knew, as after the loss of a cluster or an old"
        + " backup. The site's agent keeps working with it until an agent uses the present site"
        + " kit. "
        + (issued
            ? "Install the present site kit on the site's agent host and restart the agent."
            : "No new authtoken is issued: see Programmed.");
  }

  private static Optional<RetiringCredential> inStatus(ClinicObservation o, String id) {
    AuthtokenStatus status = o.status().authtoken();
    return status == null
        ? Optional.empty()
        : status.retiring().stream().filter(old -> old.credentialID().equals(id)).findFirst();
  }
}
