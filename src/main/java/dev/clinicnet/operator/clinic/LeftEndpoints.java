package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.PolicyText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public endpoints that {@code deletionPolicy: Retain} left behind for a Clinic of this name,
 * and whose ClinicService does not exist any more. They lead to the same site, so a quarantine cuts
 * them off too.
 */
final class LeftEndpoints {
  private static final String KIND = HasMetadata.getKind(ClinicService.class);

  private LeftEndpoints() {}

  /** The steps after which no client gets in through them. */
  static List<Step> deny(ClinicObservation o) {
    return of(o).stream()
        .filter(endpoint -> !denies(endpoint))
        .map(endpoint -> StrayForwards.deny(endpoint.id(), endpoint.url()))
        .toList();
  }

  /** A sentence that names them, with a space before it; empty when there are none. */
  static String told(ClinicObservation o) {
    String urls = of(o).stream().map(Endpoint::url).sorted().collect(Collectors.joining(", "));
    return urls.isEmpty()
        ? ""
        : " Endpoints that deleted services left let nobody in either, also after the quarantine: "
            + urls
            + ". Apply the ClinicService again to open one.";
  }

  private static List<Endpoint> of(ClinicObservation o) {
    ObjectMeta clinic = o.clinic().getMetadata();
    return o
        .inventory()
        .lookUp(Resource.ENDPOINTS, Keys.clinic(clinic.getNamespace(), clinic.getName()))
        .stream()
        .filter(Endpoint::isCloud)
        .filter(
            endpoint ->
                Mark.parse(endpoint.metadata())
                    .filter(mark -> mark.instance().equals(o.settings().instance()))
                    .filter(Mark::isRetained)
                    .flatMap(Mark::owner)
                    .filter(owner -> owner.kind().equals(KIND) && !exists(o, owner))
                    .isPresent())
        .toList();
  }

  /** Whether the service exists, which then closes its endpoint itself. */
  private static boolean exists(ClinicObservation o, Owner owner) {
    return o.services().stream().map(Owner::of).anyMatch(owner::equals);
  }

  private static boolean denies(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.trafficPolicy())
        .filter(policy -> PolicyText.sameMeaning(policy, DenyAll.at(endpoint.url()).toJson()))
        .isPresent();
  }
}
