package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;

/** Every DNSEndpoint in the watched namespaces. A change requeues the Clinic of the same name. */
final class WatchedDNSEndpoints implements DNSEndpoints {
  private final InformerEventSource<DNSEndpoint, Clinic> source;
  private final KubernetesClient client;
  private final WriteGuard guard;

  /**
   * The DNSEndpoints that a controller sees.
   *
   * @param guard prevents a former leader from overwriting what its successor wrote
   */
  WatchedDNSEndpoints(EventSourceContext<Clinic> context, WriteGuard guard) {
    client = context.getClient();
    this.guard = guard;
    source =
        new InformerEventSource<>(
            Watched.as("dns-endpoints", DNSEndpoint.class, Clinic.class)
                .withSecondaryToPrimaryMapper(found -> Set.of(ResourceID.fromResource(found)))
                .build(),
            context);
  }

  EventSource<DNSEndpoint, Clinic> eventSource() {
    return source;
  }

  @Override
  public Optional<DNSEndpoint> find(String namespace, String name) {
    return source.get(new ResourceID(name, namespace));
  }

  @Override
  public void apply(DNSEndpoint wanted) {
    KubernetesReports.requireLead(guard);
    client.resource(wanted).fieldManager(ClinicOperator.NAME).forceConflicts().serverSideApply();
  }

  @Override
  public void delete(DNSEndpoint present) {
    KubernetesReports.requireLead(guard);
    client.resource(present).delete();
  }
}
