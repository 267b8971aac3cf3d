package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.clinic.SecretDigests;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Secrets that the operator writes for Clinics, by their labels. A change requeues the Clinic
 * that their annotation names. A pass may conclude from them only that nothing is to be done: see
 * {@link dev.clinicnet.operator.clinic.ClinicKind}.
 */
final class ClinicSecrets {
  private static final String SITE_KITS = "clinicnet.dev/site-kit=true";
  private static final String AGENT_APIS = "clinicnet.dev/agent-api=true";
  private static final String CLINIC = "clinicnet.dev/clinic";

  private volatile InformerEventSource<Secret, Clinic> siteKits;
  private volatile InformerEventSource<Secret, Clinic> agentAPIs;

  /** Makes the caches, which the controller of Clinics keeps. */
  void keep(EventSourceContext<Clinic> context) {
    siteKits = new SiteKits(context);
    agentAPIs = new InformerEventSource<>(secrets("agent-apis", AGENT_APIS), context);
  }

  EventSource<Secret, Clinic> siteKits() {
    return siteKits;
  }

  EventSource<Secret, Clinic> agentAPIs() {
    return agentAPIs;
  }

  /** A Secret as it was a moment ago; empty if it has no label of ours. */
  Optional<Secret> get(String namespace, String name) {
    ResourceID id = new ResourceID(name, namespace);
    return siteKits.get(id).or(() -> agentAPIs.get(id));
  }

  private static InformerEventSourceConfiguration<Secret> secrets(String name, String label) {
    return Watched.as(name, Secret.class, Clinic.class)
        .withLabelSelector(label)
        .withSecondaryToPrimaryMapper(ClinicSecrets::clinicOf)
        .withPrimaryToSecondaryMapper(clinic -> Set.of())
        .build();
  }

  /** The site kits, with digests of their files. */
  private static final class SiteKits extends InformerEventSource<Secret, Clinic> {
    SiteKits(EventSourceContext<Clinic> context) {
      super(secrets("site-kits", SITE_KITS), context);
    }

    @Override
    public void onAdd(Secret added) {
      SecretDigests.replaceFiles(added);
      super.onAdd(added);
    }

    @Override
    public void onUpdate(Secret before, Secret now) {
      SecretDigests.replaceFiles(now);
      super.onUpdate(before, now);
    }
  }

  private static Set<ResourceID> clinicOf(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    String clinic = annotations == null ? null : annotations.get(CLINIC);
    return clinic == null || !clinic.contains("/")
        ? Set.of()
        : Set.of(
            new ResourceID(
                clinic.substring(clinic.indexOf('/') + 1),
                clinic.substring(0, clinic.indexOf('/'))));
  }
}
