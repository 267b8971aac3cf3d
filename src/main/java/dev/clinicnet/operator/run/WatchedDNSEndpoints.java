package dev.clinicnet.operator.run;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;

/** Every DNSEndpoint in the watched namespaces. One that changes wakes the Clinic of its name. */
final class WatchedDNSEndpoints implements DNSEndpoints {
  private final InformerEventSource<DNSEndpoint, Clinic> source;
  private final KubernetesClient client;

  WatchedDNSEndpoints(EventSourceContext<Clinic> context) {
    client = context.getClient();
    source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(DNSEndpoint.class, Clinic.class)
                .withName("dns-endpoints")
                .withNamespacesInheritedFromController()
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
    client.resource(wanted).fieldManager(ClinicOperator.NAME).forceConflicts().serverSideApply();
  }

  @Override
  public void delete(DNSEndpoint present) {
    client.resource(present).delete();
  }
}
