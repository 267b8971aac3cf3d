package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.MadeFields;
import dev.clinicnet.operator.plan.Step;
import java.util.List;

/** The service user that owns the Clinic's credentials: made, or put right. */
final class ServiceUserDecision {
  private ServiceUserDecision() {}

  /** The service user: by its name, which is its mark; else by its id, should it be renamed. */
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
    Finding<ServiceUser> user = user(o);
    if (user.isUnknown()) {
      return List.of();
    }
    return user.isAbsent() ? List.of(create(o)) : correct(o, user.get());
  }

  private static Step create(ClinicObservation o) {
    ServiceUserStatus known = o.status().serviceUser();
    return new Step.Create<>(
        Resource.SERVICE_USERS,
        new ServiceUser.Create(userName(o), true),
        userName(o),
        false,
        o.lane(),
        known == null
            ? List.of()
            : List.of(Drift.deleted(Resource.SERVICE_USERS, known.name(), known.id())));
  }

  private static List<Step> correct(ClinicObservation o, ServiceUser user) {
    Comparison comparison = new Comparison(Resource.SERVICE_USERS, userName(o));
    ServiceUser.Update correction =
        new ServiceUser.Update(
            comparison.field(MadeFields.NAME, userName(o), user.name()),
            comparison.field(MadeFields.ACTIVE, true, user.active()));
    if (comparison.drift().isEmpty()) {
      return List.of();
    }
    ServiceUserStatus known = o.status().serviceUser();
    boolean made = known != null && user.id().equals(known.id());
    return List.of(
        new Step.Update<>(
            Resource.SERVICE_USERS,
            user.id(),
            correction,
            userName(o),
            o.lane(),
            made ? comparison.drift() : List.of()));
  }
}
