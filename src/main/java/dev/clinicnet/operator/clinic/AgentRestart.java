package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Restarts the connected agents of a Clinic because its annotation asks for it. A value is obeyed
 * once, by whoever is connected then; it is written down when they have been told.
 *
 * @param steps the sessions to restart
 * @param wanted the value that asks for it; null when none does
 * @param obeyed the value that the status says was obeyed
 */
record AgentRestart(List<Step> steps, String wanted, String obeyed) {
  /** What an agent itself answers when it cannot do it. */
  private static final Pattern BY_THE_AGENT = Pattern.compile("ERR_NGROK_80[4-9]");

  static AgentRestart of(ClinicObservation o) {
    String before = o.status().agentsRestarted();
    Optional<String> value =
        Annotations.get(o.clinic(), Annotations.RESTART_AGENTS)
            .filter(text -> !text.isBlank() && !text.equals(before));
    if (value.isEmpty()) {
      return new AgentRestart(List.of(), null, before);
    }
    List<Step> steps =
        o.sessions().stream().<Step>map(session -> new Step.RestartSession(session.id())).toList();
    return new AgentRestart(steps, value.get(), steps.isEmpty() ? value.get() : before);
  }

  /**
   * How a pass ended, as it is to be told.
   *
   * @param decision the decision, a restart that cannot be had being done with
   * @param run the run without it
   * @param refused the restarts that cannot be had
   */
  record Told(ClinicDecision decision, Run run, List<Run.StepFailure> refused) {

    /** Says so once, when the value is written down. */
    void tell(Clinic clinic, Cluster cluster, AuditTrail trail) {
      String now = decision.status().agentsRestarted();
      String before = clinic.getStatus() == null ? null : clinic.getStatus().agentsRestarted();
      if (now == null || now.equals(before)) {
        return;
      }
      String problems =
          refused.stream()
              .map(failure -> failure.step() + ": " + failure.attempt().failure().getMessage())
              .collect(Collectors.joining("; "));
      String message =
          problems.isEmpty()
              ? "Every agent that was connected was told to restart."
              : "Not tried again: " + problems + ". Restart it at the site.";
      cluster.emit(
          clinic,
          !problems.isEmpty(),
          problems.isEmpty() ? "AgentsRestarted" : "AgentsNotRestarted",
          message);
      trail.record(
          new AuditEvent(
              "agents-restarted",
              "Clinic " + ClinicNames.path(clinic),
              AuditEvent.UNKNOWN,
              "annotation " + Annotations.RESTART_AGENTS,
              Map.of("outcome", message)));
    }
  }

  /** Takes a value for obeyed although an agent cannot do it: it would never be able to. */
  static Told settle(Clinic clinic, ClinicDecision decision, Run run) {
    List<Run.StepFailure> refused =
        run.failed().stream()
            .filter(failure -> failure.step() instanceof Step.RestartSession)
            .filter(failure -> isFinal(failure.attempt().failure()))
            .toList();
    if (refused.isEmpty()) {
      return new Told(decision, run, refused);
    }
    List<Step> given = refused.stream().map(Run.StepFailure::step).toList();
    List<Step> left = decision.steps().stream().filter(step -> !given.contains(step)).toList();
    boolean over = left.stream().noneMatch(Step.RestartSession.class::isInstance);
    String obeyed =
        over
            ? Annotations.get(clinic, Annotations.RESTART_AGENTS).orElse(null)
            : decision.status().agentsRestarted();
    return new Told(
        decision.with(left, obeyed(decision.status(), obeyed)), run.without(refused), refused);
  }

  private static ClinicStatus obeyed(ClinicStatus status, String value) {
    return new ClinicStatus(
        status.observedGeneration(),
        status.conditions(),
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        status.siteKit(),
        status.agents(),
        status.services(),
        status.dnsRecords(),
        status.agentAPI(),
        status.quarantinedSince(),
        value);
  }

  private static boolean isFinal(NgrokException e) {
    return switch (e.failure()) {
      case THROTTLED, UNAUTHORIZED, NOT_LEADING -> false;
      case UNAVAILABLE -> e.code() != null && BY_THE_AGENT.matcher(e.code()).matches();
      default -> true;
    };
  }
}
