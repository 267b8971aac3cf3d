package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.ngrok.Endpoint;
import java.util.Optional;

/**
 * A service of a site as the account shows it.
 *
 * @param name of the ClinicService
 * @param internalURL the endpoint that an agent binds
 * @param endpoint the public endpoint; empty for a service that is internal only
 * @param policy what its traffic policy says; empty without a public endpoint
 */
record ImportedService(
    String name,
    String internalURL,
    Optional<Endpoint> endpoint,
    Optional<PolicyReading> policy,
    Upstreams upstream) {

  /** The URL for clients; the internal URL without one. */
  String shownURL() {
    return endpoint.map(Endpoint::url).orElse(internalURL);
  }
}
