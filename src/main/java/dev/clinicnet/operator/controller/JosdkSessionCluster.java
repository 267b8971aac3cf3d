package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.kubernetes.SessionCluster;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster as one pass over a session sees it. */
final class JosdkSessionCluster extends KubernetesReports implements SessionCluster {
  private static final Logger LOGGER = LoggerFactory.getLogger(JosdkSessionCluster.class);

  /** The name of the admission policy and of its binding: see {@code deploy/admission}. */
  private static final String POLICY = "clinic-operator-sessions";

  private final IndexerResourceCache<ClinicService> services;

  JosdkSessionCluster(
      KubernetesClient client,
      IndexerResourceCache<ClinicService> services,
      Consumer<HasMetadata> statusWriter,
      WriteGuard guard,
      Clock clock) {
    super(client, statusWriter, guard, clock);
    this.services = services;
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    Optional<ClinicService> found = services.get(new ResourceID(name, namespace));
    LiveCache.require(services);
    return found;
  }

  @Override
  public void delete(ClinicSession session) {
    requireLead();
    client()
        .resources(ClinicSession.class)
        .inNamespace(session.getMetadata().getNamespace())
        .withName(session.getMetadata().getName())
        .delete();
  }

  @Override
  public boolean vouchesForRequesters() {
    try {
      return client()
              .genericKubernetesResources(
                  new ResourceDefinitionContext.Builder()
                      .withGroup("admissionregistration.k8s.io")
                      .withVersion("v1")
                      .withKind("ValidatingAdmissionPolicyBinding")
                      .withPlural("validatingadmissionpolicybindings")
                      .withNamespaced(false)
                      .build())
              .withName(POLICY)
              .get()
          != null;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      // In namespaced mode the operator may not ask this.
      LOGGER.debug("whether {} is installed may not be asked", POLICY);
      return false;
    }
  }
}
