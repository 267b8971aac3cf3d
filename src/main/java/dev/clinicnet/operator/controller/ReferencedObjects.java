package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The Secrets and ConfigMaps that manifests may refer to. Only those with the label are watched and
 * kept, so that the operator does not hold every Secret of the cluster in memory. An object that is
 * changed, created or deleted, or that gains or loses the label, requeues the manifests that refer
 * to it. Each controller has its own cache of them, so that an event is never older than what is
 * read.
 */
final class ReferencedObjects<P extends HasMetadata> {
  private static final String LABELED = Reference.LABEL + "=true";

  private final InformerEventSource<Secret, P> secrets;
  private final InformerEventSource<ConfigMap, P> configMaps;

  /** The objects of a kind. {@code referring} finds the manifests that refer to an object. */
  ReferencedObjects(
      Class<P> kind,
      EventSourceContext<P> context,
      Function<Reference, Set<ResourceID>> referring) {
    secrets = source("referenced-secrets", Secret.class, kind, context, referring);
    configMaps = source("referenced-configmaps", ConfigMap.class, kind, context, referring);
  }

  List<EventSource<?, P>> eventSources() {
    return List.of(secrets, configMaps);
  }

  Optional<Secret> secret(String namespace, String name) {
    return secrets.get(new ResourceID(name, namespace));
  }

  Optional<ConfigMap> configMap(String namespace, String name) {
    return configMaps.get(new ResourceID(name, namespace));
  }

  private static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> source(
      String name,
      Class<R> type,
      Class<P> kind,
      EventSourceContext<P> context,
      Function<Reference, Set<ResourceID>> referring) {
    return new InformerEventSource<>(
        Watched.as(name, type, kind)
            .withLabelSelector(LABELED)
            .withSecondaryToPrimaryMapper(object -> referring.apply(Reference.to(object)))
            .build(),
        context);
  }
}
