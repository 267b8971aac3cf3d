package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.CopiedMarks;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service had, as its status says, and what somebody marked as another object's; without
 * what it handed over.
 */
final class ServiceLosses {
  private ServiceLosses() {}

  static List<Drift> of(
      ClinicService service, Inventory inventory, Settings settings, Holders holders) {
    ClinicServiceStatus status = service.getStatus();
    if (status == null) {
      return List.of();
    }
    Mark mark = ServiceObservation.mark(service, settings);
    CopiedMarks copied = new CopiedMarks(settings.instance(), service, holders);
    List<Drift> lost = new ArrayList<>();
    if (status.endpoint() != null && service.getSpec().expose() != null) {
      inventory
          .byID(Resource.ENDPOINTS, status.endpoint().id())
          .optional()
          .filter(e -> !Annotations.gaveAway(service, Mark.on(e)))
          .filter(e -> !copied.isOwn(Mark.on(e), e.id(), e.url()))
          .flatMap(e -> Comparison.lost(Resource.ENDPOINTS, e.url(), e.metadata(), mark))
          .ifPresent(lost::add);
    }
    for (VaultSecretStatus known : status.vaultSecrets()) {
      inventory
          .byID(Resource.VAULT_SECRETS, known.id())
          .optional()
          .filter(s -> !copied.isOwn(Mark.on(s), s.id(), s.name()))
          .flatMap(s -> Comparison.lost(Resource.VAULT_SECRETS, s.name(), s.metadata(), mark))
          .ifPresent(lost::add);
    }
    return lost;
  }
}
