package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reconcile.Kind;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The kind ClinicService.
 *
 * @param nonces supplies unused nonces
 */
public record ServiceKind(
    Account account,
    Settings settings,
    Supplier<String> nonces,
    ExpiryObserver certificates,
    Clock clock)
    implements Kind<ClinicService> {

  @Override
  public String clinic(ClinicService service) {
    return service.getSpec().clinicRef().name();
  }

  @Override
  public boolean isUrgent(ClinicService service, Cluster cluster) {
    return UrgentPass.isUrgent(service, cluster, clock.instant());
  }

  @Override
  public List<Resource<?, ?, ?>> lists(ClinicService service) {
    return NeededLists.of(service);
  }

  @Override
  public List<Condition> conditions(ClinicService service) {
    return lastStatus(service).conditions();
  }

  @Override
  public ServicePass begin(ClinicService service, Cluster cluster) {
    return new ServicePass(this, service, cluster);
  }

  @Override
  public void forget(ClinicService service) {
    certificates.forget(service.getMetadata().getNamespace(), service.getMetadata().getName());
  }

  static ClinicServiceStatus lastStatus(ClinicService service) {
    return service.getStatus() == null ? ClinicServiceStatus.EMPTY : service.getStatus();
  }
}
