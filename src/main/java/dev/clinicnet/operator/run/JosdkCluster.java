package dev.clinicnet.operator.run;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster as one pass of the operator SDK sees it. */
final class JosdkCluster implements Cluster {
  private static final Logger LOGGER = LoggerFactory.getLogger(JosdkCluster.class);

  private final KubernetesClient client;
  private final Caches caches;
  private final Consumer<HasMetadata> statusWriter;
  private final Clock clock;
  private final Optional<DNSEndpoints> dnsEndpoints;

  JosdkCluster(
      KubernetesClient client, Caches caches, Consumer<HasMetadata> statusWriter, Clock clock) {
    this(client, caches, statusWriter, clock, Optional.empty());
  }

  /**
   * A cluster.
   *
   * @param dnsEndpoints empty where DNS records are not to be published
   */
  JosdkCluster(
      KubernetesClient client,
      Caches caches,
      Consumer<HasMetadata> statusWriter,
      Clock clock,
      Optional<DNSEndpoints> dnsEndpoints) {
    this.client = client;
    this.caches = caches;
    this.statusWriter = statusWriter;
    this.clock = clock;
    this.dnsEndpoints = dnsEndpoints;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return caches.clinic(namespace, name);
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return caches.clinicsBy(claimKey);
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return caches.servicesBy(claimKey);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return caches.referenced().secret(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return caches.referenced().configMap(namespace, name);
  }

  @Override
  public Optional<DNSEndpoints> dnsEndpoints() {
    return dnsEndpoints;
  }

  @Override
  public Secret createSecret(Secret secret) {
    return client.resource(secret).create();
  }

  @Override
  public Secret updateSecret(Secret secret) {
    return client.resource(secret).update();
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    statusWriter.accept(withStatus);
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName() + "." + UUID.randomUUID())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName())
            .withUid(about.getMetadata().getUid())
            .endInvolvedObject()
            .withType(warning ? "Warning" : "Normal")
            .withReason(reason)
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource()
            .withComponent(ClinicOperator.NAME)
            .endSource()
            .withReportingComponent(ClinicOperator.NAME)
            .build();
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOGGER.debug("an Event could not be recorded: {}", e.getMessage());
    }
  }
}
