package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.clinic.SecretDigests;
import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The caches of one controller: the objects of some kinds, as of the last event that has arrived.
 * The controller's own writes are in them at once.
 */
final class Caches extends InMemoryCluster {
  private final ApiServer server;
  private final Set<Class<? extends HasMetadata>> kinds;
  private final Consumer<ApiServer.Event> listener;
  private int position;

  /**
   * Caches with everything that is there now.
   *
   * @param listener hears of each change when it arrives here
   */
  Caches(
      ApiServer server,
      Set<Class<? extends HasMetadata>> kinds,
      Consumer<ApiServer.Event> listener) {
    this.server = server;
    this.kinds = kinds;
    this.listener = listener;
    this.position = server.events().size();
    server.all().stream().filter(object -> kinds.contains(object.getClass())).forEach(this::add);
  }

  /** Keeps site kits as the operator's cache does, without their files. */
  @Override
  public InMemoryCluster add(HasMetadata object) {
    return super.add(object instanceof Secret secret ? withDigests(secret) : object);
  }

  private static Secret withDigests(Secret secret) {
    Secret copy = new SecretBuilder(secret).build();
    SecretDigests.replaceFiles(copy);
    return copy;
  }

  <T extends HasMetadata> Optional<T> one(Class<T> type, String namespace, String name) {
    return find(type, namespace, name);
  }

  Optional<ClinicService> service(String namespace, String name) {
    return find(ClinicService.class, namespace, name);
  }

  /** Whether events are under way. */
  boolean isBehind() {
    List<ApiServer.Event> events = server.events();
    while (position < events.size() && !kinds.contains(events.get(position).object().getClass())) {
      position++;
    }
    return position < events.size();
  }

  /** Takes the next event. */
  void deliver() {
    if (isBehind()) {
      take(server.events().get(position));
      position++;
    }
  }

  /** Lists everything anew. What happened in between is seen only as its result. */
  void relist() {
    position = server.events().size();
    Set<String> there = new HashSet<>();
    for (HasMetadata object : server.all()) {
      if (kinds.contains(object.getClass())) {
        there.add(path(object));
        HasMetadata known = held(object);
        if (known == null || isOlder(known, object)) {
          take(new ApiServer.Event(known, object));
        }
      }
    }
    for (HasMetadata known : all(HasMetadata.class)) {
      if (!there.contains(path(known))) {
        take(new ApiServer.Event(known, null));
      }
    }
  }

  /** Takes the answer of the controller's own write. */
  void wrote(HasMetadata object) {
    HasMetadata known = held(object);
    if (known != null && isOlder(known, object)) {
      add(object);
    }
  }

  private void take(ApiServer.Event event) {
    HasMetadata known = held(event.object());
    if (event.after() == null) {
      boolean same =
          known != null
              && known.getMetadata().getUid().equals(event.before().getMetadata().getUid());
      if (same) {
        remove(known);
      }
    } else if (known == null || isOlder(known, event.after())) {
      add(event.after());
    }
    listener.accept(event);
  }

  private static boolean isOlder(HasMetadata one, HasMetadata other) {
    return version(one) < version(other);
  }

  private static long version(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
