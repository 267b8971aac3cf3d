package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.SeenAgents;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Owner;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** The agents as the statuses of Clinics say it, and as they were listed. */
final class ListedAgents implements SeenAgents {
  private final BiFunction<String, String, Optional<Clinic>> clinics;
  private final Sight sight;

  /**
   * Agents.
   *
   * @param clinics finds a Clinic by its namespace and its name
   */
  ListedAgents(BiFunction<String, String, Optional<Clinic>> clinics, Sight sight) {
    this.clinics = clinics;
    this.sight = sight;
  }

  @Override
  public boolean isOnline(Owner clinic) {
    return said(clinic).filter(said -> said.status() == ConditionStatus.True).isPresent();
  }

  /** A Clinic that somebody has cut off or deleted has not lost its agent. */
  @Override
  public boolean isLost(Owner clinic) {
    return said(clinic)
        .filter(said -> said.status() == ConditionStatus.False)
        .filter(said -> !said.reason().equals(Reason.Quarantined.name()))
        .isPresent();
  }

  @Override
  public Optional<Instant> listedSince(Instant time) {
    return sight.agentsListedSince(time);
  }

  private Optional<Condition> said(Owner clinic) {
    return clinics
        .apply(clinic.namespace(), clinic.name())
        .filter(its -> !its.isMarkedForDeletion())
        .flatMap(
            its -> Conditions.find(ClinicStatus.of(its).conditions(), ConditionType.AgentOnline));
  }
}
