package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the status of a Clinic says while the Clinic waits for the request budget, and when. A whole
 * fleet may wait for it at once, and each change of a status is a write that all watchers read. So
 * a new Clinic says once that it waits, and for about how long; and the next time when it is ready,
 * together with the services that have their turn with it.
 *
 * @param clinic the Clinic, with the status that is reported
 * @param now the present time
 */
record WaitingClinic(Clinic clinic, Instant now) {
  /** How long a Clinic that is ready waits for services that have their turn with it. */
  static final Duration TURN = Duration.ofSeconds(30);

  /** How long a new Clinic waits for a shared domain that another Clinic reserves just now. */
  static final Duration RESERVATION = Duration.ofSeconds(5);

  private static final Verdict LATER =
      Verdict.unknown(
          Reason.WaitingForBudget,
          "What the domains need is looked at when the Clinic has its turn in the request budget of"
              + " this ngrok account.");

  /** Whether a new Clinic waits, of which nothing but shared domains can be at ngrok. */
  boolean isNew(Assessment assessment) {
    return ClinicStatus.of(clinic).authtoken() == null
        && assessment.ready().reason() == Reason.WaitingForBudget;
  }

  /** Whether its status says so: nothing but shared domains can be at ngrok. */
  boolean hasSaidSo() {
    return ClinicStatus.of(clinic).authtoken() == null
        && Conditions.says(
            ClinicStatus.of(clinic).conditions(), ConditionType.Ready, Reason.WaitingForBudget);
  }

  /**
   * What is said of the domains of a new Clinic. The certificate of a shared domain may change
   * while a whole fleet waits, so it is left out until the Clinic has its turn.
   */
  ClinicStatus without(ClinicStatus status, Assessment assessment) {
    if (!clinic.getSpec().domains().isEmpty()) {
      assessment.replace(ConditionType.DomainsReady, LATER);
    }
    return status.withDomains(
        status.domains().stream()
            .map(
                domain ->
                    new DomainStatus(
                        domain.name(),
                        domain.id(),
                        domain.cnameTarget(),
                        domain.acmeChallengeCNAMETarget(),
                        null))
            .toList());
  }

  /** Whether the status says the same already, apart from what has begun at ngrok. */
  boolean isTold(ClinicStatus fresh) {
    ClinicStatus before = ClinicStatus.of(clinic);
    return timeless(before.conditions()).equals(timeless(fresh.conditions()))
        && own(before).equals(own(fresh));
  }

  /**
   * The time until which the first report can wait, because a shared domain is about to be reserved
   * for another Clinic. Until then, the services would have to wait again. Empty if it cannot wait.
   */
  Optional<Instant> awaitsReservation(ClinicStatus fresh) {
    Set<String> reserved =
        fresh.domains().stream().map(DomainStatus::name).collect(Collectors.toSet());
    boolean missing =
        clinic.getSpec().domains().stream()
            .filter(ClinicDomain::shared)
            .anyMatch(domain -> !reserved.contains(domain.name()));
    return Optional.ofNullable(clinic.getMetadata().getCreationTimestamp())
        .filter(created -> missing && ClinicStatus.of(clinic).conditions().isEmpty())
        .flatMap(Timestamps::parse)
        .map(created -> created.plus(RESERVATION))
        .filter(now::isBefore);
  }

  /**
   * Whether the Clinic has waited, and is ready now, while services of it have their turn with it.
   *
   * @param services the number of its services
   */
  boolean awaitsItsServices(Assessment assessment, ServiceCount services) {
    return services.coming() > 0
        && assessment.ready().isTrue()
        && Conditions.find(ClinicStatus.of(clinic).conditions(), ConditionType.Ready)
            .filter(before -> before.reason().equals(Reason.WaitingForBudget.name()))
            .filter(
                before -> clinic.getMetadata().getGeneration().equals(before.observedGeneration()))
            .isPresent();
  }

  private static List<Condition> timeless(List<Condition> conditions) {
    return conditions.stream().map(Conditions::withoutTime).toList();
  }

  /** The domains that the Clinic has for itself: their DNS records are news at once. */
  private List<DomainStatus> own(ClinicStatus status) {
    Set<String> shared =
        clinic.getSpec().domains().stream()
            .filter(ClinicDomain::shared)
            .map(ClinicDomain::name)
            .collect(Collectors.toSet());
    return status.domains().stream().filter(domain -> !shared.contains(domain.name())).toList();
  }
}
