package dev.clinicnet.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.List;
import java.util.Set;

/**
 * Lets a controller begin its work only when caches of other controllers have started, because its
 * passes read them. A cache that has started is not started again.
 */
final class StartsFirst<P extends HasMetadata> extends AbstractEventSource<Void, P> {
  private final List<Runnable> caches;

  /** The starts of the caches, each of which returns when the cache can be read. */
  StartsFirst(Runnable... caches) {
    super(Void.class, "starts-first");
    this.caches = List.of(caches);
  }

  @Override
  public void start() {
    caches.forEach(Runnable::run);
    super.start();
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}
