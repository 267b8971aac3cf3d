package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedEndpoint;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedTermination;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ServerCertificate;
import java.util.Objects;
import java.util.Optional;

/**
 * The certificates that a site kit holds already. They are kept while those of the manifest cannot
 * be had: a Secret that somebody deletes must not take an endpoint off a site.
 */
final class PublishedTermination {
  private PublishedTermination() {}

  /** How the published file has the agent end TLS for a service; empty when it does not. */
  static Optional<TLSTermination> of(SiteKitSecret secret, String service) {
    if (secret.foreign()) {
      return Optional.empty();
    }
    try {
      return secret
          .data(SiteKitSecret.CONFIG)
          .flatMap(
              file ->
                  AgentConfigReader.read(file).endpoints().stream()
                      .filter(endpoint -> endpoint.name().equals(service))
                      .map(ParsedEndpoint::termination)
                      .filter(Objects::nonNull)
                      .findFirst())
          .map(PublishedTermination::read);
    } catch (IllegalArgumentException e) {
      // Somebody has edited the file. It is written anew without what cannot be read.
      return Optional.empty();
    }
  }

  private static TLSTermination read(ParsedTermination parsed) {
    return new TLSTermination(
        ServerCertificate.of(
            CertificateBundle.parse(parsed.serverCertificate()),
            parsed.serverPrivateKey().reveal()),
        parsed.clientCAs().isEmpty()
            ? null
            : CertificateBundle.parse(String.join("", parsed.clientCAs())));
  }
}
