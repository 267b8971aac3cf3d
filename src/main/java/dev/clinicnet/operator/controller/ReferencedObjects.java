package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The Secrets and ConfigMaps that manifests may refer to. Only those with the label are watched and
 * kept, so that the operator does not hold every Secret of the cluster in memory. Controllers hear
 * of an object that is changed, created or deleted, or that gains or loses the label, after the
 * cache has it.
 */
final class ReferencedObjects {
  private static final String LABELED = Reference.LABEL + "=true";

  private final List<Consumer<Reference>> followers = new CopyOnWriteArrayList<>();
  private volatile Source<Secret> secrets;
  private volatile Source<ConfigMap> configMaps;

  /** Makes the caches, which the controller of Clinics keeps. */
  void keep(EventSourceContext<Clinic> context) {
    secrets = new Source<>("referenced-secrets", Secret.class, context);
    configMaps = new Source<>("referenced-configmaps", ConfigMap.class, context);
  }

  EventSource<Secret, Clinic> secretSource() {
    return secrets;
  }

  EventSource<ConfigMap, Clinic> configMapSource() {
    return configMaps;
  }

  /** Starts the caches, or waits until they have started. */
  void startCaches() {
    secrets.start();
    configMaps.start();
  }

  /** Hears which objects have changed. */
  void follow(Consumer<Reference> told) {
    followers.add(told);
  }

  Optional<Secret> secret(String namespace, String name) {
    return secrets.get(new ResourceID(name, namespace));
  }

  Optional<ConfigMap> configMap(String namespace, String name) {
    return configMaps.get(new ResourceID(name, namespace));
  }

  /** The objects of one kind. */
  private final class Source<R extends HasMetadata> extends InformerEventSource<R, Clinic> {
    Source(String name, Class<R> type, EventSourceContext<Clinic> context) {
      super(configuration(name, type), context);
    }

    private static <R extends HasMetadata> InformerEventSourceConfiguration<R> configuration(
        String name, Class<R> type) {
      // Followers know which manifests refer to an object.
      return Watched.as(name, type, Clinic.class)
          .withLabelSelector(LABELED)
          .withSecondaryToPrimaryMapper(object -> Set.of())
          .withPrimaryToSecondaryMapper(clinic -> Set.of())
          .build();
    }

    @Override
    public void onAdd(R added) {
      super.onAdd(added);
      tell(added);
    }

    @Override
    public void onUpdate(R before, R now) {
      super.onUpdate(before, now);
      tell(now);
    }

    @Override
    public void onDelete(R deleted, boolean unknown) {
      super.onDelete(deleted, unknown);
      tell(deleted);
    }

    private void tell(R object) {
      Reference changed = Reference.to(object);
      followers.forEach(follower -> follower.accept(changed));
    }
  }
}
