package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.policy.Expiry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public endpoints that are open for sessions. Sessions are not in files, so a plan would show
 * that these endpoints are closed. They are identified by the end in their policies, which no other
 * endpoint has.
 *
 * @param endpoints the endpoints by their on-demand services, which are in the files
 */
record OpenSessions(Map<Owner, Endpoint> endpoints) {

  /** The endpoints whose time is not over. */
  static OpenSessions of(
      AccountListing listing, PlannedManifests manifests, String instance, Instant now) {
    Map<Owner, Endpoint> endpoints = new LinkedHashMap<>();
    for (ClinicService service : manifests.services().values()) {
      Owner owner = Owner.of(service);
      if (service.getSpec().availability() == Availability.OnDemand) {
        listing.all(Resource.ENDPOINTS).stream()
            .map(Endpoint.class::cast)
            .filter(endpoint -> isOf(owner, instance, endpoint))
            .filter(endpoint -> end(endpoint).filter(now::isBefore).isPresent())
            .findFirst()
            .ifPresent(endpoint -> endpoints.put(owner, endpoint));
      }
    }
    return new OpenSessions(endpoints);
  }

  /** The account as between sessions. */
  AccountListing withoutThem(AccountListing listing) {
    Map<Resource<?, ?, ?>, List<? extends RemoteObject>> rows = new LinkedHashMap<>(listing.rows());
    rows.computeIfPresent(
        Resource.ENDPOINTS,
        (resource, all) -> all.stream().filter(row -> !endpoints.containsValue(row)).toList());
    return new AccountListing(rows);
  }

  /** The notes that these endpoints were left out. */
  List<Note> notes() {
    return endpoints.entrySet().stream()
        .map(
            entry ->
                new Note(
                    entry.getKey(),
                    "SessionOpen",
                    entry.getValue().url()
                        + " ("
                        + entry.getValue().id()
                        + ") is open for a session until "
                        + end(entry.getValue()).orElseThrow()
                        + ": it is left out of this plan.",
                    false,
                    false))
        .toList();
  }

  private static boolean isOf(Owner owner, String instance, Endpoint endpoint) {
    return endpoint.isCloud()
        && Mark.parse(endpoint.metadata()).filter(m -> m.isOf(instance, owner)).isPresent();
  }

  private static Optional<Instant> end(Endpoint endpoint) {
    return Expiry.endOf(endpoint.trafficPolicy());
  }
}
