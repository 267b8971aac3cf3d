package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.Losses;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.CopiedMarks;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.plan.Drift;
import java.util.List;

/**
 * Objects in the status of a service that somebody marked as another object's, without those that
 * it handed over.
 */
final class ServiceLosses {
  private ServiceLosses() {}

  static List<Drift> of(
      ClinicService service, Inventory inventory, Settings settings, Holders holders) {
    return Losses.of(
        new CopiedMarks(settings.instance(), service, holders),
        ServiceObservation.mark(service, settings),
        inventory,
        // A lost address is reported when another one is reserved.
        row ->
            !(row instanceof ReservedAddr)
                && (service.getSpec().expose() != null || !(row instanceof Endpoint)));
  }
}
