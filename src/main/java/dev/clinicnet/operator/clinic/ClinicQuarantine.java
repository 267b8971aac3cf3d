package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decision on a Clinic in quarantine: its tokens are revoked, its agents are disconnected, and
 * no new token is issued. Its services close their public endpoints.
 */
final class ClinicQuarantine {
  /**
   * The user is not known, because everybody who may change a Clinic can write any text into an
   * annotation.
   */
  private static final String WHO = "who annotated it is in the audit log of the API server only";

  private ClinicQuarantine() {}

  /**
   * Whether a Clinic is quarantined: while its annotation says so, and after that until every
   * earlier token is revoked. Otherwise a leaked token would stay valid if the annotation is
   * removed before the token could be revoked.
   */
  static boolean lasts(ClinicObservation o) {
    AuthtokenStatus last = o.status().authtoken();
    return Annotations.isQuarantined(o.clinic())
        || (o.status().quarantinedSince() != null
            && last != null
            && last.credentialID() == null
            && o.credentials().stream()
                .anyMatch(
                    credential ->
                        last.retiring().stream()
                            .anyMatch(known -> known.credentialID().equals(credential.id()))));
  }

  /** Replaces the verdicts on a quarantined Clinic. */
  static void judge(ClinicObservation o, Assessment assessment) {
    assessment
        .replace(ConditionType.Programmed, verdict(o))
        .replace(
            ConditionType.SiteKitCurrent,
            Verdict.no(
                Reason.Quarantined,
                "No site kit is good while the site is cut off. A new one is published when the"
                    + " quarantine ends."));
    if (o.sessions().isEmpty()) {
      assessment.replace(
          ConditionType.AgentOnline,
          Verdict.no(Reason.Quarantined, "No agent may connect while the site is cut off."));
    }
  }

  /**
   * The steps until the site is cut off. They come from the known objects of the account and the
   * ids in the status, so that they do not wait for a list. Credentials go before sessions, because
   * an agent would otherwise log in again.
   */
  static List<Step> steps(ClinicObservation o) {
    List<Step> steps = new ArrayList<>(AgentAPIDecision.close(o));
    steps.addAll(LeftEndpoints.deny(o));
    credentials(o).stream()
        .filter(id -> !o.inventory().isGone(Resource.CREDENTIALS, id))
        .forEach(id -> steps.add(new Step.Delete(Resource.CREDENTIALS, id, id, Cause.CLOSING)));
    sessions(o).stream()
        .filter(id -> !o.inventory().isGone(Resource.TUNNEL_SESSIONS, id))
        .forEach(id -> steps.add(new Step.StopSession(id, Cause.CLOSING)));
    return List.copyOf(steps);
  }

  /** The verdict; empty for a Clinic that is not quarantined. */
  static Optional<Verdict> verdictOn(ClinicObservation o) {
    return Annotations.isQuarantined(o.clinic()) ? Optional.of(verdict(o)) : Optional.empty();
  }

  private static Verdict verdict(ClinicObservation o) {
    return Verdict.no(
        Reason.Quarantined,
        "Cut off since "
            + since(o)
            + ": public endpoints let nobody in, no authtoken is good, no agent stays connected."
            + " Remove the annotation "
            + Annotations.QUARANTINE
            + " to restore all; then install the new site kit at the site."
            + LeftEndpoints.told(o));
  }

  static ClinicStatus status(ClinicObservation o, ClinicStatus otherwise) {
    return otherwise.quarantined(since(o), authtoken(o), agentAPIStatus(o));
  }

  /** The time of the cut: now, if the status does not have it. */
  static String since(ClinicObservation o) {
    return o.status().quarantinedSince() != null
        ? o.status().quarantinedSince()
        : o.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Records the begin or the end that is new in the status. */
  static void record(Clinic clinic, ClinicStatus now, AuditTrail trail) {
    String before = ClinicStatus.of(clinic).quarantinedSince();
    if (before == null && now.quarantinedSince() != null) {
      trail.record(event("clinic-quarantined", clinic, now.quarantinedSince()));
    } else if (before != null && now.quarantinedSince() == null) {
      trail.record(event("clinic-released", clinic, before));
    }
  }

  private static AuditEvent event(String what, Clinic clinic, String since) {
    return new AuditEvent(
        what,
        "Clinic " + ClinicNames.path(clinic),
        AuditEvent.UNKNOWN,
        "annotation " + Annotations.QUARANTINE,
        Map.of("since", since, "note", WHO));
  }

  /** The deleted credentials stay known, because one of their sessions may appear later. */
  private static AuthtokenStatus authtoken(ClinicObservation o) {
    AuthtokenStatus last = o.status().authtoken();
    Set<String> ids = credentials(o);
    if (last == null && ids.isEmpty()) {
      return null;
    }
    Map<String, RetiringCredential> retiring = new LinkedHashMap<>();
    ids.forEach(id -> retiring.put(id, new RetiringCredential(id, since(o), null)));
    if (last != null) {
      last.retiring().forEach(known -> retiring.put(known.credentialID(), known));
    }
    return new AuthtokenStatus(
        null,
        null,
        last == null ? List.of() : last.acl(),
        List.copyOf(retiring.values()),
        null,
        null,
        last == null ? null : last.rotated());
  }

  private static Set<String> credentials(ClinicObservation o) {
    Set<String> ids = new LinkedHashSet<>(o.knownCredentialIDs());
    o.credentials().stream().map(Credential::id).forEach(ids::add);
    return ids;
  }

  private static Set<String> sessions(ClinicObservation o) {
    Set<String> ids = new LinkedHashSet<>();
    o.sessions().stream().map(TunnelSession::id).forEach(ids::add);
    o.status().agents().stream().map(AgentStatus::sessionID).forEach(ids::add);
    return ids;
  }

  private static AgentAPIStatus agentAPIStatus(ClinicObservation o) {
    AgentAPIStatus last = o.status().agentAPI();
    return last == null || !AgentAPIDecision.close(o).isEmpty()
        ? last
        : new AgentAPIStatus(null, last.secretName(), last.certificateExpiresAt());
  }
}
