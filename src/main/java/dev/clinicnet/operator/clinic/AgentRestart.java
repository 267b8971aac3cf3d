package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AgentRestartStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Happening;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Restarts the connected agents of a Clinic because its annotation asks for it. Each value counts
 * once, for the agents that are connected then. Their sessions are written to the status before the
 * first restart. A restarted agent has another session, so it is not restarted again, also after a
 * crash.
 *
 * @param steps the sessions to restart
 * @param obeyed the value that was carried out
 * @param underWay the restart that has begun; null before, and when there is none
 */
record AgentRestart(List<Step> steps, String obeyed, AgentRestartStatus underWay) {
  /** The code of an agent that cannot restart. */
  private static final Pattern BY_THE_AGENT = Pattern.compile("ERR_NGROK_80[4-9]");

  static AgentRestart of(ClinicObservation o) {
    String before = o.status().agentsRestarted();
    Optional<String> value =
        Annotations.get(o.clinic(), Annotations.RESTART_AGENTS)
            .filter(text -> !text.isBlank() && !text.equals(before));
    if (value.isEmpty()) {
      return new AgentRestart(List.of(), before, null);
    }
    Optional<AgentRestartStatus> begun =
        Optional.ofNullable(o.status().agentRestart())
            .filter(restart -> value.get().equals(restart.text()));
    List<String> sessions =
        o.sessions().stream()
            .map(TunnelSession::id)
            .filter(id -> begun.isEmpty() || begun.get().sessionIDs().contains(id))
            .toList();
    return sessions.isEmpty()
        ? new AgentRestart(List.of(), value.get(), null)
        : new AgentRestart(
            sessions.stream().<Step>map(Step.RestartSession::new).toList(),
            before,
            begun.orElse(null));
  }

  /** The restart that begins with the first of these steps. */
  static AgentRestartStatus begin(Clinic clinic, List<Step> steps) {
    return new AgentRestartStatus(
        Annotations.get(clinic, Annotations.RESTART_AGENTS).orElseThrow(),
        steps.stream()
            .filter(AgentRestart::isRestart)
            .map(step -> ((Step.RestartSession) step).id())
            .toList());
  }

  /**
   * The result of a pass for the report.
   *
   * @param decision the decision, in which an impossible restart counts as done
   * @param run the run without it
   * @param refused the impossible restarts
   */
  record Told(ClinicDecision decision, Run run, List<Run.StepFailure> refused) {

    /** Reports them once, when the value is written to the status. */
    void tell(Clinic clinic, Cluster cluster, AuditTrail trail) {
      String now = decision.status().agentsRestarted();
      String before = ClinicStatus.of(clinic).agentsRestarted();
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
          problems.isEmpty() ? Happening.AgentsRestarted : Happening.AgentsNotRestarted,
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

  /**
   * Marks a value as carried out when all agents were restarted. An agent that cannot restart
   * counts too, because it never could.
   */
  static Told settle(Clinic clinic, ClinicDecision decision, Run run) {
    List<Run.StepFailure> refused =
        run.failed().stream()
            .filter(failure -> isRestart(failure.step()))
            .filter(failure -> isFinal(failure.attempt().failure()))
            .toList();
    List<Step> given = refused.stream().map(Run.StepFailure::step).toList();
    List<Step> left = decision.remote().stream().filter(step -> !given.contains(step)).toList();
    if (left.size() == decision.remote().size()) {
      return new Told(decision, run, refused);
    }
    ClinicStatus status =
        left.stream().anyMatch(AgentRestart::isRestart)
            ? decision.status()
            : decision
                .status()
                .withAgentsRestarted(
                    Annotations.get(clinic, Annotations.RESTART_AGENTS).orElse(null));
    return new Told(decision.with(left, status), run.without(refused), refused);
  }

  private static boolean isRestart(Step step) {
    return step instanceof Step.RestartSession;
  }

  private static boolean isFinal(NgrokException e) {
    return switch (e.failure()) {
      case WAITING, THROTTLED, UNAUTHORIZED, NOT_LEADING -> false;
      case UNAVAILABLE -> e.code() != null && BY_THE_AGENT.matcher(e.code()).matches();
      default -> true;
    };
  }
}
