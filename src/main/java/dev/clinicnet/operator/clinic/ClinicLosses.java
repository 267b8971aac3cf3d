package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.CopiedMarks;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.MadeFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Clinic had, as its status says, and what somebody gave to another owner: by another
 * object's mark, or, of a credential, by another user. Without what the Clinic handed over.
 */
final class ClinicLosses {
  private ClinicLosses() {}

  static List<Drift> of(Clinic clinic, Inventory inventory, Settings settings, Holders holders) {
    ClinicStatus status = clinic.getStatus();
    if (status == null) {
      return List.of();
    }
    Mark mark = ClinicObservation.mark(clinic, settings);
    CopiedMarks copied = new CopiedMarks(settings.instance(), clinic, holders);
    List<Drift> lost = new ArrayList<>();
    for (DomainStatus known : status.domains()) {
      boolean exclusive =
          clinic.getSpec().domains().stream()
              .anyMatch(domain -> domain.name().equals(known.name()) && !domain.shared());
      inventory
          .byID(Resource.RESERVED_DOMAINS, known.id())
          .optional()
          .filter(domain -> exclusive && !Annotations.gaveAway(clinic, Mark.on(domain)))
          // The manifest asks to have a shared domain alone: that is no edit at ngrok.
          .filter(domain -> Mark.on(domain).filter(m -> m.isShared(settings.instance())).isEmpty())
          .filter(d -> !copied.isOwn(Mark.on(d), d.id(), d.domain()))
          .flatMap(d -> Comparison.lost(Resource.RESERVED_DOMAINS, d.domain(), d.metadata(), mark))
          .ifPresent(lost::add);
    }
    if (status.agentAPI() != null && status.agentAPI().endpoint() != null) {
      inventory
          .byID(Resource.ENDPOINTS, status.agentAPI().endpoint().id())
          .optional()
          .filter(endpoint -> clinic.getSpec().agent().api() != null)
          .filter(endpoint -> !Annotations.gaveAway(clinic, Mark.on(endpoint)))
          .filter(e -> !copied.isOwn(Mark.on(e), e.id(), e.url()))
          .flatMap(e -> Comparison.lost(Resource.ENDPOINTS, e.url(), e.metadata(), mark))
          .ifPresent(lost::add);
    }
    if (status.authtoken() != null) {
      inventory
          .byID(Resource.CREDENTIALS, status.authtoken().credentialID())
          .optional()
          .filter(c -> !copied.isOwn(Mark.on(c), c.id(), c.id()))
          .flatMap(c -> Comparison.lost(Resource.CREDENTIALS, c.id(), c.metadata(), mark))
          .ifPresent(lost::add);
    }
    owner(status, inventory).ifPresent(lost::add);
    return lost;
  }

  /** A credential's owner cannot be changed back: only a new credential has the right one. */
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
                    MadeFields.OWNER,
                    user,
                    credential.ownerId()));
  }
}
