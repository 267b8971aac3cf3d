package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.util.List;
import java.util.Optional;

/** The service user that owns the Clinic's credentials. It is created or corrected. */
final class ServiceUserDecision {
  private ServiceUserDecision() {}

  /** The user for the status, with the account that has it. */
  static ServiceUserStatus status(ClinicObservation o, ServiceUser user) {
    String before =
        Optional.ofNullable(o.status().serviceUser())
            .filter(known -> known.id().equals(user.id()))
            .map(ServiceUserStatus::accountID)
            .orElse(null);
    return new ServiceUserStatus(user.id(), user.name(), o.inventory().accountID().orElse(before));
  }

  /** The service user, by its name, which is its mark, or by its id if it was renamed. */
  static Finding<ServiceUser> user(ClinicObservation o) {
    Finding<ServiceUser> named = o.inventory().find(Resource.SERVICE_USERS, Keys.name(userName(o)));
    if (named.isPresent() || o.status().serviceUser() == null) {
      return named;
    }
    Finding<ServiceUser> renamed =
        o.inventory().byID(Resource.SERVICE_USERS, o.status().serviceUser().id());
    return renamed.isPresent() ? renamed : named;
  }

  private static String userName(ClinicObservation o) {
    return ClinicNames.serviceUser(o.settings().instance(), o.clinic());
  }

  static List<Step> steps(ClinicObservation o) {
    String name = userName(o);
    return Diff.of(
            new Wanted<>(
                Resource.SERVICE_USERS,
                name,
                null,
                false,
                o.lane(),
                Optional.ofNullable(o.status().serviceUser())
                    .map(user -> new Known(user.id(), name)),
                () -> ServiceUser.Create.agentUser(name),
                (listed, comparison) ->
                    new ServiceUser.Update(
                        comparison.field(Field.NAME, name, listed.name()),
                        comparison.field(Field.ACTIVE, true, listed.active())),
                Wanted.neverChanges()),
            user(o))
        .steps();
  }
}
