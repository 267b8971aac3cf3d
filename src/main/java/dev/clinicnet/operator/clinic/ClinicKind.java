package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reconcile.Kind;
import dev.clinicnet.operator.reconcile.Urgency;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The kind Clinic.
 *
 * @param nonces supplies unused nonces
 */
public record ClinicKind(
    Account account,
    Settings settings,
    AgentAPIKeeper keeper,
    Supplier<String> nonces,
    AgentObserver agents,
    AuditTrail trail,
    Clock clock)
    implements Kind<Clinic> {

  @Override
  public String clinic(Clinic clinic) {
    return clinic.getMetadata().getName();
  }

  @Override
  public Urgency urgency(Clinic clinic, Cluster cluster) {
    if (Annotations.isQuarantined(clinic)) {
      return Urgency.CUT_OFF;
    }
    return clinic.isMarkedForDeletion() ? Urgency.DELETION : Urgency.USUAL;
  }

  @Override
  public List<Resource<?, ?, ?>> lists(Clinic clinic) {
    return needed(clinic);
  }

  /** The lists of the account that decisions on a Clinic depend on. */
  public static List<Resource<?, ?, ?>> needed(Clinic clinic) {
    return Account.NEEDED;
  }

  @Override
  public List<Condition> conditions(Clinic clinic) {
    return ClinicStatus.of(clinic).conditions();
  }

  @Override
  public ClinicPass begin(Clinic clinic, Cluster cluster) {
    return new ClinicPass(this, clinic, cluster);
  }

  @Override
  public void forget(Clinic clinic) {
    account.untold().told(Owner.of(clinic));
    agents.forget(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
  }
}
