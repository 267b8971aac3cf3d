package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.Losses;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.CopiedMarks;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects in the status of a Clinic that somebody gave to another owner: by another object's mark,
 * or, for a credential, by another user. Objects that the Clinic handed over are not among them.
 */
final class ClinicLosses {
  private ClinicLosses() {}

  static List<Drift> of(Clinic clinic, Inventory inventory, Settings settings, Holders holders) {
    ClinicStatus status = clinic.getStatus();
    if (status == null) {
      return List.of();
    }
    List<Drift> lost =
        new ArrayList<>(
            Losses.of(
                new CopiedMarks(settings.instance(), clinic, holders),
                ClinicObservation.mark(clinic, settings),
                inventory,
                row -> asks(clinic, row, settings.instance())));
    owner(status, inventory).ifPresent(lost::add);
    return lost;
  }

  private static boolean asks(Clinic clinic, RemoteObject row, String instance) {
    if (row instanceof ReservedDomain domain) {
      // The manifest asks for a shared domain exclusively, which is not a change at ngrok.
      return Mark.on(row).filter(mark -> mark.isShared(instance)).isEmpty()
          && clinic.getSpec().domains().stream()
              .anyMatch(listed -> listed.name().equals(domain.domain()) && !listed.shared());
    }
    return clinic.getSpec().agent().api() != null || !(row instanceof Endpoint);
  }

  /** A credential's owner cannot be changed back. Only a new credential has the right owner. */
  private static Optional<Drift> owner(ClinicStatus status, Inventory inventory) {
    if (status.serviceUser() == null || status.authtoken() == null) {
      return Optional.empty();
    }
    String user = status.serviceUser().id();
    if (inventory.byID(Resource.SERVICE_USERS, user).optional().isEmpty()) {
      return Optional.empty();
    }
    return inventory
        .byID(Resource.CREDENTIALS, status.authtoken().credentialID())
        .optional()
        .filter(credential -> credential.ownerId() != null && !credential.ownerId().equals(user))
        .map(
            credential ->
                new Drift(
                    Resource.CREDENTIALS.path(),
                    credential.id(),
                    Field.OWNER,
                    user,
                    credential.ownerId()));
  }
}
