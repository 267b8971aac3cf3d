package dev.clinicnet.operator.cli.takeover;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;

/**
 * One object that gets another mark, and nothing else.
 *
 * @param changes the new mark, or the new name of a service user, whose name is its mark
 * @param owner the manifest that it is for, for people
 */
record Remark<T extends RemoteObject, U extends Changes>(
    Resource<T, ?, U> resource, T row, U changes, String owner) {

  static <T extends RemoteObject, U extends Changes> Remark<T, U> of(
      Resource<T, ?, U> resource, T row, Mark mark) {
    return new Remark<>(
        resource,
        row,
        resource.remark().apply(mark.text()),
        mark.owner().map(Object::toString).orElse("several Clinics"));
  }

  static Remark<ServiceUser, ServiceUser.Update> renaming(
      ServiceUser user, String name, String owner) {
    return new Remark<>(Resource.SERVICE_USERS, user, new ServiceUser.Update(name, null), owner);
  }

  void write(NgrokApi api) {
    T unused = api.update(resource, row.id(), changes, Lane.CHANGE);
  }

  String text() {
    String id = row.displayName().equals(row.id()) ? "" : " (" + row.id() + ")";
    return resource.word() + " " + row.displayName() + id + " of " + owner;
  }
}
