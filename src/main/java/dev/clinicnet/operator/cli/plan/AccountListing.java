package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The content of an account, listed once.
 *
 * @param rows the objects of the listed resources
 */
public record AccountListing(Map<Resource<?, ?, ?>, List<? extends RemoteObject>> rows) {

  /**
   * Lists the account.
   *
   * @param needed the resources that decisions on the manifests depend on; the vault is also listed
   *     when a policy reads it
   */
  public static AccountListing take(NgrokApi api, Set<Resource<?, ?, ?>> needed) {
    Map<Resource<?, ?, ?>, List<? extends RemoteObject>> rows = new LinkedHashMap<>();
    Account.NEEDED.forEach(resource -> rows.put(resource, api.list(resource, Lane.SWEEP)));
    AccountListing listing = new AccountListing(rows);
    Set<Resource<?, ?, ?>> more = new LinkedHashSet<>(needed);
    if (listing.readsVault()) {
      more.addAll(List.of(Resource.VAULTS, Resource.VAULT_SECRETS));
    }
    more.removeAll(Account.NEEDED);
    more.forEach(resource -> rows.put(resource, api.list(resource, Lane.SWEEP)));
    return listing;
  }

  /** The objects of a resource; none when it was not listed. */
  public List<? extends RemoteObject> all(Resource<?, ?, ?> resource) {
    return rows.getOrDefault(resource, List.of());
  }

  /** The installations that have marked objects here. */
  public Set<String> instances() {
    return rows.values().stream()
        .flatMap(List::stream)
        .map(RemoteObject::markText)
        .filter(Objects::nonNull)
        .map(Mark::parse)
        .flatMap(Optional::stream)
        .map(Mark::instance)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean readsVault() {
    return all(Resource.ENDPOINTS).stream()
        .map(Endpoint.class::cast)
        .filter(endpoint -> Mark.parse(endpoint.metadata()).isPresent())
        .anyMatch(e -> e.trafficPolicy() != null && e.trafficPolicy().contains("secrets.get"));
  }
}
