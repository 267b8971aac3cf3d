package dev.clinicnet.operator.cli.imports;

import java.util.List;
import java.util.Optional;

/**
 * A site as the account shows it.
 *
 * @param displayName its name for people; empty when nothing in the account tells one
 * @param domains the domains that its services use
 * @param redundant whether several agents bind its endpoints
 * @param credentials the credentials that bind only its names
 * @param serviceUsers the names of the service users that own these
 */
record ImportedClinic(
    String name,
    String internalDomain,
    Optional<String> displayName,
    List<Domain> domains,
    boolean redundant,
    List<String> credentials,
    List<String> serviceUsers,
    List<ImportedService> services) {

  /**
   * A domain that a site uses.
   *
   * @param id of the reserved domain
   * @param shared whether other sites use it too
   */
  record Domain(String id, String name, boolean shared) {}

  ImportedClinic {
    domains = List.copyOf(domains);
    credentials = List.copyOf(credentials);
    serviceUsers = List.copyOf(serviceUsers);
    services = List.copyOf(services);
  }

  /** The ids that its manifest adopts. A shared domain is adopted by the grant alone. */
  List<String> adopted() {
    List<String> ids = new java.util.ArrayList<>();
    domains.stream().filter(domain -> !domain.shared()).map(Domain::id).forEach(ids::add);
    ids.addAll(credentials);
    return ids;
  }

  /** The same site without some services. */
  ImportedClinic with(List<ImportedService> others) {
    return new ImportedClinic(
        name, internalDomain, displayName, domains, redundant, credentials, serviceUsers, others);
  }
}
