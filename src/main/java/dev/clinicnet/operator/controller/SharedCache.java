package dev.clinicnet.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.LifecycleAware;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only cache of a kind in the process. The controller of the kind keeps it. Other controllers
 * read it too, and hear of a change after the cache has it, so a pass never reads an older state
 * than that of the event that caused it.
 */
final class SharedCache<P extends HasMetadata> extends AbstractEventSource<Void, P>
    implements ResourceEventAware<P> {
  private static final String CLAIMS = "claims";

  private final List<Follower<P>> followers = new CopyOnWriteArrayList<>();
  private final Function<P, List<String>> claims;
  private volatile IndexerResourceCache<P> cache;

  /**
   * A controller that wants to hear of changes.
   *
   * @param concerns whether an update concerns it, by the object now and before
   */
  private record Follower<P>(BiPredicate<P, P> concerns, Consumer<P> told) {}

  /**
   * A cache that nobody keeps yet.
   *
   * @param claims the keys by which objects are found
   */
  SharedCache(String name, Function<P, List<String>> claims) {
    super(Void.class, name);
    this.claims = claims;
  }

  /** Takes the cache of the controller of the kind, which must register this as an event source. */
  void keep(EventSourceContext<P> context) {
    context.getPrimaryCache().addIndexer(CLAIMS, claims);
    cache = context.getPrimaryCache();
  }

  /** The cache itself. */
  IndexerResourceCache<P> cache() {
    return cache;
  }

  /**
   * Hears of each object that appears or goes, and of the updates that concern it. Nothing is told
   * before the controllers start. It is not needed then, because they begin with every object.
   *
   * @param concerns gets the object now, and before
   */
  void follow(BiPredicate<P, P> concerns, Consumer<P> told) {
    followers.add(new Follower<>(concerns, told));
  }

  Optional<P> get(String namespace, String name) {
    return cache.get(new ResourceID(name, namespace));
  }

  /** The objects under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<P> by(String claimKey) {
    return cache.byIndex(CLAIMS, claimKey);
  }

  /** Starts the cache, or waits until it has started. */
  void startCache() {
    if (cache instanceof LifecycleAware source) {
      source.start();
    }
  }

  /** Whether the cache can be read. */
  boolean isReadable() {
    return cache instanceof AbstractEventSource<?, ?> source && source.isRunning();
  }

  @Override
  public void onResourceCreated(P created) {
    followers.forEach(follower -> follower.told().accept(created));
  }

  @Override
  public void onResourceUpdated(P now, P before) {
    followers.stream()
        .filter(follower -> follower.concerns().test(now, before))
        .forEach(follower -> follower.told().accept(now));
  }

  @Override
  public void onResourceDeleted(P deleted) {
    followers.forEach(follower -> follower.told().accept(deleted));
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}
