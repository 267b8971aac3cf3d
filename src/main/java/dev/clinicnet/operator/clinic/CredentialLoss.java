package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The loss of the credential in the installed site kit by a change of somebody else. An agent's
 * session outlives its credential, but cannot begin again without it. So the technician must act,
 * and has some time.
 *
 * @param reissued whether there is a new site kit to install
 * @param connected whether an agent still has a session
 */
record CredentialLoss(ClinicObservation o, boolean reissued, boolean connected) {

  /** The loss that is not corrected yet; empty when there is none. */
  static Optional<CredentialLoss> of(ClinicObservation o) {
    AuthtokenStatus last = o.status().authtoken();
    Optional<String> present =
        o.secret()
            .credentialID()
            .filter(id -> o.credentials().stream().anyMatch(c -> c.id().equals(id)));
    boolean outdated = !AuthtokenLoss.inherited(o).isEmpty();
    if (last == null || outdated || o.status().quarantinedSince() != null) {
      return Optional.empty();
    }
    boolean lost =
        present.isPresent()
            ? wasReplaced(o, last, present.get())
            : o.secret().credentialID().filter(o.knownCredentialIDs()::contains).isPresent();
    return lost
        ? Optional.of(new CredentialLoss(o, present.isPresent(), !o.sessions().isEmpty()))
        : Optional.empty();
  }

  /**
   * Whether the present credential replaces a lost one, since this pass or an earlier one, and no
   * agent has used it.
   */
  private static boolean wasReplaced(ClinicObservation o, AuthtokenStatus last, String present) {
    boolean installed =
        (present.equals(last.credentialID()) && last.firstUsedAt() != null)
            || !o.inventory().lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(present)).isEmpty();
    boolean replaces =
        last.credentialID() != null
            && !last.credentialID().equals(present)
            && o.inventory().isGone(Resource.CREDENTIALS, last.credentialID());
    boolean said =
        Conditions.says(
            o.status().conditions(), ConditionType.SiteKitCurrent, Reason.CredentialLost);
    return !installed && (replaces || said);
  }

  /** What SiteKitCurrent says while no agent has used the new authtoken. */
  Verdict siteKit(AuthtokenStatus authtoken) {
    String what = "Somebody deleted the authtoken of the installed site kit at ngrok. ";
    String agent =
        connected
            ? "The connected agent works on until it has to connect anew, as after any interruption"
                + " of its network; then ngrok refuses it. "
            : "No agent can connect with it. ";
    return Verdict.no(Reason.CredentialLost, what + agent + work(authtoken));
  }

  /** What AgentOnline says while no agent is connected. */
  Verdict offline() {
    return Verdict.no(
        Reason.CredentialLost,
        "No agent is connected, and none can connect: somebody deleted the authtoken of the"
            + " installed site kit at ngrok. "
            + (reissued
                ? "Install the new site kit on the site's agent host now."
                : "No new one is issued: see Programmed."));
  }

  private String work(AuthtokenStatus authtoken) {
    if (!reissued) {
      return "No new site kit is issued: see Programmed.";
    }
    String install = "Install the new site kit on the site's agent host ";
    return connected
        ? install
            + deadline(authtoken)
                .map(due -> "before " + due + ", when the operator ends the old session.")
                .orElse("before that happens.")
        : install + "now.";
  }

  /** The time at which the operator ends the session, if it does not wait for the new one. */
  private Optional<Instant> deadline(AuthtokenStatus authtoken) {
    var spec = o.clinic().getSpec().agent().authtoken();
    if (spec.revokeOld() != RevokeOld.AfterOverlap) {
      return Optional.empty();
    }
    Duration overlap = Durations.parse(spec.overlap());
    return authtoken.retiring().stream()
        .map(retiring -> Timestamps.of(retiring.since()).plus(overlap))
        .min(Comparator.naturalOrder());
  }
}
