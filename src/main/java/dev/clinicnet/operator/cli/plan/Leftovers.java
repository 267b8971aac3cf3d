package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicRef;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSpec;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of an installation in an account whose owners are not in the files. */
final class Leftovers {
  private static final String CLINIC = "Clinic";
  private static final String SERVICE = "ClinicService";

  private final Map<Owner, List<Leftover>> byOwner =
      new TreeMap<>(
          // Services are deleted before their Clinics.
          Comparator.comparing(Owner::kind).reversed().thenComparing(Owner::toString));

  private Leftovers() {}

  /** The leftovers in the namespaces of the files. */
  static Leftovers of(AccountListing listing, PlannedManifests manifests, String instance) {
    Leftovers leftovers = new Leftovers();
    listing
        .rows()
        .forEach(
            (resource, rows) ->
                rows.forEach(row -> leftovers.add(resource, row, manifests, instance)));
    leftovers.addUsers(listing, instance);
    return leftovers;
  }

  /** All leftovers, by owner. */
  List<Leftover> all() {
    return byOwner.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Their owners as objects that are being deleted, without those that were left on purpose.
   *
   * @param base the manifests that are applied now, which have their deletion policies
   */
  List<HasMetadata> owners(Instant now, Optional<PlannedManifests> base) {
    List<HasMetadata> owners = new ArrayList<>();
    byOwner.forEach(
        (owner, rows) -> {
          if (rows.stream().noneMatch(Leftover::isRetained)) {
            owners.add(deleted(owner, rows, now, base));
          }
        });
    return owners;
  }

  private void add(
      Resource<?, ?, ?> resource, RemoteObject row, PlannedManifests manifests, String instance) {
    Optional<Mark> mark = Mark.on(row);
    mark.filter(m -> m.instance().equals(instance))
        .flatMap(Mark::owner)
        .filter(owner -> owner.kind().equals(CLINIC) || owner.kind().equals(SERVICE))
        .filter(owner -> manifests.namespaces().contains(owner.namespace()))
        .filter(owner -> !manifests.holds(owner))
        .ifPresent(owner -> rows(owner).add(new Leftover(owner, resource, row, mark)));
  }

  /** Service users carry no mark. Their name follows from their owner. */
  private void addUsers(AccountListing listing, String instance) {
    byOwner.forEach(
        (owner, rows) -> {
          if (owner.kind().equals(CLINIC)) {
            String name = ClinicNames.serviceUser(instance, clinic(owner, null));
            listing.all(Resource.SERVICE_USERS).stream()
                .map(ServiceUser.class::cast)
                .filter(user -> user.name().equals(name))
                .forEach(
                    user ->
                        rows.add(
                            new Leftover(owner, Resource.SERVICE_USERS, user, Optional.empty())));
          }
        });
  }

  private List<Leftover> rows(Owner owner) {
    return byOwner.computeIfAbsent(owner, o -> new ArrayList<>());
  }

  private static HasMetadata deleted(
      Owner owner, List<Leftover> rows, Instant now, Optional<PlannedManifests> base) {
    if (owner.kind().equals(CLINIC)) {
      Clinic deleted = clinic(owner, now);
      applied(base, owner.namespace(), owner.name()).ifPresent(deleted::setSpec);
      return deleted;
    }
    String clinic =
        rows.stream()
            .flatMap(row -> row.mark().stream())
            .map(mark -> Optional.ofNullable(mark.clinic()).orElse(""))
            .findFirst()
            .orElse("");
    ClinicService service = new ClinicService();
    service.setMetadata(metadata(owner, now));
    service.setSpec(
        new ClinicServiceSpec(new ClinicRef(clinic), null, null, null, null, null, null, null));
    applied(base, owner.namespace(), clinic)
        .map(ClinicSpec::deletionPolicy)
        .map(ClinicServiceStatus.EMPTY::withDeletionPolicy)
        .ifPresent(service::setStatus);
    return service;
  }

  private static Optional<ClinicSpec> applied(
      Optional<PlannedManifests> base, String namespace, String clinic) {
    return base.map(manifests -> manifests.clinics().get(namespace + "/" + clinic))
        .map(Clinic::getSpec);
  }

  private static Clinic clinic(Owner owner, Instant now) {
    Clinic clinic = new Clinic();
    clinic.setMetadata(metadata(owner, now));
    clinic.setSpec(ClinicSpec.EMPTY);
    return clinic;
  }

  private static ObjectMeta metadata(Owner owner, Instant deleted) {
    return new ObjectMetaBuilder()
        .withNamespace(owner.namespace())
        .withName(owner.name())
        .withUid("")
        .withGeneration(1L)
        .withDeletionTimestamp(deleted == null ? null : deleted.toString())
        .build();
  }
}
