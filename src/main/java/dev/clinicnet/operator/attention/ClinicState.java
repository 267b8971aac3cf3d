package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Clinic with everything that belongs to it.
 *
 * @param services the one with the worst problem first
 * @param sessions by name, also those that are over
 * @param problems those of all these objects, the worst first
 */
public record ClinicState(
    Clinic clinic,
    List<ServiceState> services,
    List<SessionState> sessions,
    List<Problem> problems) {

  /** The worst first, of these the newest, and then by name. */
  static final Comparator<ClinicState> WORST_FIRST =
      Comparator.comparing(ClinicState::need)
          .thenComparing(ClinicState::since, Comparator.reverseOrder())
          .thenComparing(ClinicState::namespace)
          .thenComparing(ClinicState::name);

  /** What a service says while no agent is there, or while the Clinic says what is not bound. */
  private static final Set<String> NOT_BOUND =
      Set.of(Reason.EndpointNotBound.name(), Reason.NeverBound.name());

  public ClinicState {
    services = List.copyOf(services);
    sessions = List.copyOf(sessions);
    problems = List.copyOf(problems);
  }

  /**
   * The state of a Clinic.
   *
   * @param services its services
   * @param sessions the sessions of these services
   */
  static ClinicState of(
      Clinic clinic,
      Collection<ClinicService> services,
      Collection<ClinicSession> sessions,
      Instant now) {
    ClinicStatus status = ClinicStatus.of(clinic);
    List<ServiceState> ofServices =
        services.stream()
            .map(service -> ServiceState.of(service, now))
            .sorted(Comparator.comparing(ServiceState::need).thenComparing(ServiceState::name))
            .toList();
    List<SessionState> ofSessions =
        sessions.stream()
            .map(session -> SessionState.of(session, now))
            .sorted(Comparator.comparing(SessionState::name))
            .toList();
    List<Problem> problems =
        new ArrayList<>(
            Judgement.of(clinic, status.conditions(), status.observedGeneration(), now));
    for (ServiceState service : ofServices) {
      for (Problem problem : service.problems()) {
        if (!NOT_BOUND.contains(problem.title()) || !saysWhatIsNotBound(status)) {
          problems.add(problem);
        }
      }
    }
    ofSessions.forEach(session -> problems.addAll(session.problems()));
    return new ClinicState(clinic, ofServices, ofSessions, Problem.joined(problems));
  }

  private static boolean saysWhatIsNotBound(ClinicStatus status) {
    return Conditions.find(status.conditions(), ConditionType.AgentOnline)
        .filter(
            condition ->
                condition.status() == ConditionStatus.False
                    || condition.reason().equals(Reason.EndpointsMissing.name()))
        .isPresent();
  }

  /** What it waits for. */
  public Need need() {
    return Problem.worst(problems);
  }

  /** What is worst. */
  public Optional<Problem> worst() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems.get(0));
  }

  /** When the worst began; {@link Instant#EPOCH} if nothing is wrong, or if that is not known. */
  public Instant since() {
    return worst().map(Problem::since).orElse(Instant.EPOCH);
  }

  /** The sessions that are open or will be. */
  public List<SessionState> currentSessions() {
    return sessions.stream().filter(session -> !session.isOver()).toList();
  }

  /** The sessions that are open now. */
  public List<SessionState> openSessions() {
    return sessions.stream().filter(SessionState::isOpen).toList();
  }

  /** Its status; an empty one before there is one. */
  public ClinicStatus status() {
    return ClinicStatus.of(clinic);
  }

  /** Why the site kit cannot be installed yet; empty if it can, or if no Secret was made for it. */
  public Optional<String> siteKitWaits() {
    return Optional.ofNullable(status().siteKit())
        .filter(kit -> kit.configHash() == null)
        .map(kit -> "not complete yet, it waits for its authtoken" + programmedReason());
  }

  private String programmedReason() {
    return Conditions.find(status().conditions(), ConditionType.Programmed)
        .filter(condition -> condition.status() != ConditionStatus.True)
        .map(condition -> " (Programmed: " + condition.reason() + ")")
        .orElse("");
  }

  public String namespace() {
    return clinic.getMetadata().getNamespace();
  }

  public String name() {
    return clinic.getMetadata().getName();
  }

  /** The name for people. */
  public String title() {
    return Optional.ofNullable(clinic.getSpec().displayName()).orElse(name());
  }
}
