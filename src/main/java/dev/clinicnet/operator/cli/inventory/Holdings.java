package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds for whom an account holds each of its objects. */
final class Holdings {
  private static final String CLINIC = "Clinic";

  private final AccountListing listing;
  private final String instance;
  private final KnownManifests manifests;
  private final Uses uses;
  private final Map<String, Mark> byCredential = new HashMap<>();
  private final Map<String, String> credentialOfSession = new HashMap<>();
  private final Map<String, Mark> byUserName = new HashMap<>();

  private Holdings(AccountListing listing, String instance, KnownManifests manifests) {
    this.listing = listing;
    this.instance = instance;
    this.manifests = manifests;
    this.uses = new Uses(listing);
    for (RemoteObject row : listing.all(Resource.CREDENTIALS)) {
      Mark.on(row).ifPresent(mark -> byCredential.put(row.id(), mark));
    }
    for (RemoteObject row : listing.all(Resource.TUNNEL_SESSIONS)) {
      Ref credential = ((TunnelSession) row).credential();
      if (credential != null) {
        credentialOfSession.put(row.id(), credential.id());
      }
    }
    nameUsers();
  }

  /**
   * Every object of an account: by holder, then by installation and manifest, then by kind.
   *
   * @param instance the name of this installation; null if no object belongs to one
   */
  static List<Holding> of(AccountListing listing, String instance, KnownManifests manifests) {
    Holdings holdings = new Holdings(listing, instance, manifests);
    List<Holding> all = new ArrayList<>();
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      listing.all(resource).forEach(row -> all.add(holdings.holding(resource, row)));
    }
    all.sort(
        Comparator.comparing(Holding::holder)
            .thenComparing(holding -> holding.instance().orElse(""))
            .thenComparing(holding -> holding.owner().map(Owner::toString).orElse(""))
            .thenComparing(holding -> Resource.ALL.indexOf(holding.resource()))
            .thenComparing(holding -> holding.row().displayName())
            .thenComparing(Holding::id));
    return all;
  }

  private Holding holding(Resource<?, ?, ?> resource, RemoteObject row) {
    Optional<Mark> own = Mark.on(row);
    Optional<Mark> mark = own.or(() -> inherited(row));
    return new Holding(
        resource,
        row,
        mark.map(this::holder).orElse(Holder.NOBODY),
        mark.map(Mark::instance),
        mark.flatMap(Mark::owner),
        own,
        uses.of(row));
  }

  private Holder holder(Mark mark) {
    if (!mark.instance().equals(instance)) {
      return Holder.OTHER_INSTANCE;
    }
    return mark.owner()
        .map(manifests::presence)
        .map(
            presence ->
                switch (presence) {
                  case PRESENT -> Holder.MANIFEST;
                  case ABSENT -> Holder.NO_MANIFEST;
                  case UNKNOWN -> Holder.NOT_COMPARED;
                })
        .orElse(Holder.INSTALLATION);
  }

  /** The mark that stands for an object that cannot carry one. */
  private Optional<Mark> inherited(RemoteObject row) {
    if (row instanceof ServiceUser user) {
      return Optional.ofNullable(byUserName.get(user.name()));
    } else if (row instanceof TunnelSession session) {
      return ofSession(session.id());
    } else if (row instanceof Endpoint endpoint && !endpoint.isCloud()) {
      return Optional.ofNullable(endpoint.tunnelSession()).map(Ref::id).flatMap(this::ofSession);
    }
    return Optional.empty();
  }

  private Optional<Mark> ofSession(String id) {
    return Optional.ofNullable(credentialOfSession.get(id)).map(byCredential::get);
  }

  /** Service users carry no mark. Their name follows from the installation and the Clinic. */
  private void nameUsers() {
    manifests.owners().stream()
        .filter(owner -> owner.kind().equals(CLINIC) && instance != null)
        .forEach(owner -> nameUser(instance, owner));
    listing.rows().values().stream()
        .flatMap(List::stream)
        .flatMap(row -> Mark.on(row).stream())
        .forEach(
            mark -> {
              mark.owner()
                  .filter(owner -> owner.kind().equals(CLINIC))
                  .ifPresent(owner -> nameUser(mark.instance(), owner));
              if (mark.clinic() != null && mark.namespace() != null) {
                nameUser(mark.instance(), new Owner(CLINIC, mark.namespace(), mark.clinic()));
              }
            });
  }

  private void nameUser(String installation, Owner clinic) {
    Clinic named = new Clinic();
    named.setMetadata(
        new ObjectMetaBuilder().withNamespace(clinic.namespace()).withName(clinic.name()).build());
    byUserName.put(
        ClinicNames.serviceUser(installation, named), Mark.of(installation, clinic, null, null));
  }

  /** Whether a credential may bind every name of the account. */
  static boolean mayBindAnything(RemoteObject row) {
    return row instanceof Credential credential && credential.acl().isEmpty();
  }
}
