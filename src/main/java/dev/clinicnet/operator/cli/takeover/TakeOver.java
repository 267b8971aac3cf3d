package dev.clinicnet.operator.cli.takeover;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one installation takes over from another: the objects of the manifests, by kind, namespace
 * and name. Their marks keep everything but the instance.
 *
 * @param remarks the objects, in the order in which they are written
 * @param left the other objects with a mark of that installation, as lines
 */
record TakeOver(List<Remark<?, ?>> remarks, List<String> left) {

  TakeOver {
    remarks = List.copyOf(remarks);
    left = List.copyOf(left);
  }

  /**
   * Decides.
   *
   * @param owners the objects of the manifests
   * @param clinics the Clinics among them
   * @param from the name of the lost installation
   * @param to the name of the one that takes over
   */
  static TakeOver of(
      AccountListing listing, Set<Owner> owners, List<Clinic> clinics, String from, String to) {
    Set<String> shared =
        clinics.stream()
            .flatMap(clinic -> clinic.getSpec().domains().stream())
            .filter(ClinicDomain::shared)
            .map(ClinicDomain::name)
            .collect(Collectors.toSet());
    List<Remark<?, ?>> remarks = new ArrayList<>(users(listing, clinics, from, to));
    List<String> left = new ArrayList<>();
    for (Resource<?, ?, ?> resource :
        List.of(
            Resource.CREDENTIALS,
            Resource.RESERVED_DOMAINS,
            Resource.RESERVED_ADDRS,
            Resource.ENDPOINTS)) {
      for (RemoteObject row : listing.all(resource)) {
        Optional<Mark> mark = Mark.on(row).filter(found -> found.instance().equals(from));
        if (mark.isPresent()) {
          boolean asked =
              mark.get().owner().map(owners::contains).orElse(shared.contains(row.displayName()));
          if (asked) {
            remarks.add(remark(resource, row, mark.get().ofInstance(to)));
          } else {
            left.add(told(resource, row, mark.get()));
          }
        }
      }
    }
    return new TakeOver(remarks, left);
  }

  private static String told(Resource<?, ?, ?> resource, RemoteObject row, Mark mark) {
    return resource.word()
        + " "
        + row.displayName()
        + " of "
        + mark.owner().map(Owner::toString).orElse("several Clinics");
  }

  private static <T extends RemoteObject> Remark<?, ?> remark(
      Resource<T, ?, ?> resource, RemoteObject row, Mark mark) {
    return Remark.of(resource, resource.type().cast(row), mark);
  }

  /** A service user of the new name is there when the installation has made one already. */
  private static List<Remark<?, ?>> users(
      AccountListing listing, List<Clinic> clinics, String from, String to) {
    Map<String, ServiceUser> users =
        listing.all(Resource.SERVICE_USERS).stream()
            .map(ServiceUser.class::cast)
            .collect(Collectors.toMap(ServiceUser::name, user -> user, (one, other) -> one));
    List<Remark<?, ?>> remarks = new ArrayList<>();
    for (Clinic clinic : clinics) {
      String name = ClinicNames.serviceUser(to, clinic);
      Optional.ofNullable(users.get(ClinicNames.serviceUser(from, clinic)))
          .filter(user -> !users.containsKey(name))
          .ifPresent(user -> remarks.add(Remark.renaming(user, name, Owner.of(clinic).toString())));
    }
    return remarks;
  }
}
