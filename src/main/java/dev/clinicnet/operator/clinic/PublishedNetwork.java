package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.AgentProxy;
import dev.clinicnet.operator.agent.SiteNetwork;
import dev.clinicnet.operator.api.v1alpha1.ClinicAgent;
import dev.clinicnet.operator.ngrok.SecretValue;
import java.util.Objects;
import java.util.Optional;

/**
 * What a site's network asks of its agent. If the Secret with the proxy's password is missing, the
 * password in the published site kit stays, because a deleted Secret must not cut a site off.
 */
final class PublishedNetwork {
  private PublishedNetwork() {}

  /** The network; empty while the password of its proxy is not known. */
  static Optional<SiteNetwork> of(ClinicObservation o) {
    ClinicAgent agent = o.clinic().getSpec().agent();
    if (agent.proxyURL() == null) {
      return Optional.of(network(agent, null));
    }
    if (agent.proxyPasswordSecretRef() == null) {
      return Optional.of(network(agent, new AgentProxy(agent.proxyURL(), null)));
    }
    return o.proxyPassword()
        .value()
        .or(() -> published(o.secret(), agent.proxyURL()))
        .map(password -> network(agent, new AgentProxy(agent.proxyURL(), password)));
  }

  private static SiteNetwork network(ClinicAgent agent, AgentProxy proxy) {
    return new SiteNetwork(
        proxy, agent.connectCAs(), agent.dnsResolverIPs(), agent.heartbeatInterval());
  }

  /** The password of the same user at the same proxy in the published file. */
  private static Optional<SecretValue> published(SiteKitSecret secret, String proxyURL) {
    if (secret.foreign()) {
      return Optional.empty();
    }
    try {
      return secret
          .data(SiteKitSecret.CONFIG)
          .map(file -> AgentConfigReader.read(file).proxy())
          .filter(proxy -> proxy.url().equals(proxyURL))
          .map(AgentProxy::password)
          .filter(Objects::nonNull);
    } catch (IllegalArgumentException e) {
      // Somebody has edited the file, so it may hold another password.
      return Optional.empty();
    }
  }
}
