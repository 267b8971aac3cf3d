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
 * The certificates in a published site kit. They stay while those of the manifest are not
 * available, because a deleted Secret must not remove an endpoint from a site.
 */
final class PublishedTermination {
  private PublishedTermination() {}

  /** How the agent ends TLS for a service in the published file; empty when it does not. */
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
      // Somebody has edited the file. It is written again without the part that cannot be read.
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
