package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The cluster as one pass of the operator SDK sees it. */
final class JosdkCluster extends KubernetesReports implements Cluster {
  private final Caches caches;
  private final Optional<DNSEndpoints> dnsEndpoints;
  private final Function<String, Elsewhere> elsewhere;

  JosdkCluster(
      KubernetesClient client,
      Caches caches,
      Consumer<HasMetadata> statusWriter,
      WriteGuard guard,
      Clock clock,
      Function<String, Elsewhere> elsewhere) {
    this(client, caches, statusWriter, guard, clock, elsewhere, Optional.empty());
  }

  /**
   * The cluster of one pass.
   *
   * @param elsewhere finds what is in other accounts than the one of this name
   * @param dnsEndpoints empty if DNS records are not published
   */
  JosdkCluster(
      KubernetesClient client,
      Caches caches,
      Consumer<HasMetadata> statusWriter,
      WriteGuard guard,
      Clock clock,
      Function<String, Elsewhere> elsewhere,
      Optional<DNSEndpoints> dnsEndpoints) {
    super(client, statusWriter, guard, clock);
    this.caches = caches;
    this.elsewhere = elsewhere;
    this.dnsEndpoints = dnsEndpoints;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return caches.live(caches.clinics().get(namespace, name));
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return caches.live(caches.clinics().by(claimKey));
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return caches.live(caches.services().by(claimKey));
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return caches.live(caches.sessions().by(claimKey));
  }

  @Override
  public Grant grant(String account, String namespace) {
    return caches.grants().apply(account, namespace);
  }

  @Override
  public Elsewhere elsewhere(String account) {
    return elsewhere.apply(account);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client().secrets().inNamespace(namespace).withName(name).get());
  }

  @Override
  public Optional<Secret> cachedSecret(String namespace, String name) {
    return caches.live(caches.secrets().get(namespace, name));
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return caches.live(caches.referenced().secret(namespace, name));
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return caches.live(caches.referenced().configMap(namespace, name));
  }

  @Override
  public boolean isTerminating(String namespace) {
    try {
      Namespace present = client().namespaces().withName(namespace).get();
      return present == null || present.isMarkedForDeletion();
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  @Override
  public Optional<DNSEndpoints> dnsEndpoints() {
    return dnsEndpoints;
  }

  @Override
  public Secret createSecret(Secret secret) {
    requireLead();
    return client().resource(secret).create();
  }

  @Override
  public Secret updateSecret(Secret secret) {
    requireLead();
    return client().resource(secret).update();
  }
}
