package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A Kubernetes API server in memory. Stored objects never change: each write stores another one
 * with a new resource version and adds an event for watchers. A spec belongs to users, a status to
 * the operator. An object with finalizers is only marked when it is deleted.
 */
final class ApiServer {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Consumer<Event>> listeners = new ArrayList<>();
  private final Clock clock;
  private long version;

  /**
   * A change.
   *
   * @param before null for a new object
   * @param after null for an object that is gone
   */
  record Event(HasMetadata before, HasMetadata after) {
    HasMetadata object() {
      return after == null ? before : after;
    }
  }

  ApiServer(Clock clock) {
    this.clock = clock;
  }

  /** Hears of each change at once, unlike a watcher. */
  void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  List<Event> events() {
    return events;
  }

  /** How many objects there are. */
  int size() {
    return objects.size();
  }

  List<HasMetadata> all() {
    return List.copyOf(objects.values());
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
    return Optional.ofNullable(
            objects.get(HasMetadata.getKind(type) + " " + namespace + "/" + name))
        .map(type::cast);
  }

  /** A user applies a manifest: its spec and its annotations. */
  void apply(HasMetadata manifest) {
    HasMetadata before = objects.get(InMemoryCluster.path(manifest));
    if (before == null) {
      HasMetadata created = copy(manifest, true);
      created.getMetadata().setUid("uid-" + (version + 1));
      created.getMetadata().setGeneration(1L);
      created
          .getMetadata()
          .setCreationTimestamp(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      store(null, created);
      return;
    }
    HasMetadata after = copy(before, false);
    withSpecOf(after, manifest);
    after.getMetadata().setAnnotations(manifest.getMetadata().getAnnotations());
    boolean changed = !specOf(before).equals(specOf(after));
    if (changed) {
      after.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1);
    }
    if (changed || !Objects.equals(annotations(before), annotations(after))) {
      store(before, after);
    }
  }

  /** Somebody writes something that does not concern the operator. */
  void touch(HasMetadata object) {
    HasMetadata before = objects.get(InMemoryCluster.path(object));
    if (before != null) {
      HasMetadata after = copy(before, false);
      after.getMetadata().setLabels(Map.of("touched", Long.toString(version)));
      store(before, after);
    }
  }

  /** Deletes an object; one with finalizers is only marked. */
  void delete(HasMetadata object) {
    HasMetadata before = objects.get(InMemoryCluster.path(object));
    if (before == null || before.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    if (before.getMetadata().getFinalizers().isEmpty()) {
      remove(before);
      return;
    }
    HasMetadata after = copy(before, false);
    after
        .getMetadata()
        .setDeletionTimestamp(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    after.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1);
    store(before, after);
  }

  /** Deletes the Secrets whose owner is gone, as the garbage collector does some time later. */
  void collectGarbage() {
    Set<String> uids = new HashSet<>();
    objects.values().forEach(object -> uids.add(object.getMetadata().getUid()));
    for (Secret secret : all(Secret.class)) {
      List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
      if (!owners.isEmpty() && owners.stream().noneMatch(owner -> uids.contains(owner.getUid()))) {
        remove(secret);
      }
    }
  }

  /** Applies a status over the version that it names, or over any if it names none. */
  HasMetadata applyStatus(HasMetadata status) {
    HasMetadata before = present(status);
    requireVersion(before, status);
    if (!before.getMetadata().getUid().equals(status.getMetadata().getUid())) {
      throw failure(CONFLICT, "the uid is another one");
    }
    HasMetadata after = copy(before, false);
    withStatusOf(after, status);
    return store(before, after);
  }

  /** Adds a finalizer, over the version that the caller knows. */
  HasMetadata addFinalizer(HasMetadata known, String finalizer) {
    HasMetadata before = present(known);
    requireVersion(before, known);
    if (before.getMetadata().getDeletionTimestamp() != null) {
      throw failure(CONFLICT, "it is being deleted");
    }
    HasMetadata after = copy(before, false);
    after.getMetadata().getFinalizers().add(finalizer);
    return store(before, after);
  }

  /** Removes a finalizer. The object goes with the last one. */
  void removeFinalizer(HasMetadata known, String finalizer) {
    HasMetadata before = objects.get(InMemoryCluster.path(known));
    if (before == null || !before.getMetadata().getUid().equals(known.getMetadata().getUid())) {
      return;
    }
    HasMetadata after = copy(before, false);
    after.getMetadata().getFinalizers().remove(finalizer);
    if (after.getMetadata().getFinalizers().isEmpty()
        && after.getMetadata().getDeletionTimestamp() != null) {
      remove(before);
    } else {
      store(before, after);
    }
  }

  /** Creates a Secret. */
  Secret create(Secret secret) {
    if (objects.containsKey(InMemoryCluster.path(secret))) {
      throw failure(CONFLICT, "it exists already");
    }
    Secret created = (Secret) copy(secret, true);
    created.getMetadata().setUid("uid-" + (version + 1));
    return (Secret) store(null, created);
  }

  /** Replaces a Secret over the version that the caller knows. */
  Secret update(Secret secret) {
    HasMetadata before = present(secret);
    requireVersion(before, secret);
    return (Secret) store(before, copy(secret, false));
  }

  private HasMetadata present(HasMetadata object) {
    HasMetadata present = objects.get(InMemoryCluster.path(object));
    if (present == null) {
      throw failure(NOT_FOUND, "it is not there");
    }
    return present;
  }

  private static void requireVersion(HasMetadata present, HasMetadata named) {
    String expected = named.getMetadata().getResourceVersion();
    if (expected != null && !expected.equals(present.getMetadata().getResourceVersion())) {
      throw failure(CONFLICT, "the object has been modified");
    }
  }

  static KubernetesClientException failure(int code, String message) {
    return new KubernetesClientException(message, code, null);
  }

  private HasMetadata store(HasMetadata before, HasMetadata after) {
    version++;
    after.getMetadata().setResourceVersion(Long.toString(version));
    objects.put(InMemoryCluster.path(after), after);
    tell(new Event(before, after));
    return after;
  }

  private void remove(HasMetadata before) {
    version++;
    objects.remove(InMemoryCluster.path(before));
    tell(new Event(before, null));
  }

  private void tell(Event event) {
    events.add(event);
    listeners.forEach(listener -> listener.accept(event));
  }

  private static Map<String, String> annotations(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /** A copy with metadata of its own. A new object has no status. */
  private static HasMetadata copy(HasMetadata object, boolean asNew) {
    ObjectMeta metadata = new ObjectMetaBuilder(object.getMetadata()).build();
    if (object instanceof Secret secret) {
      return new SecretBuilder(secret).withMetadata(metadata).build();
    } else if (object instanceof Clinic clinic) {
      Clinic copy = new Clinic();
      copy.setMetadata(metadata);
      copy.setSpec(clinic.getSpec());
      copy.setStatus(asNew ? null : clinic.getStatus());
      return copy;
    } else if (object instanceof ClinicService service) {
      ClinicService copy = new ClinicService();
      copy.setMetadata(metadata);
      copy.setSpec(service.getSpec());
      copy.setStatus(asNew ? null : service.getStatus());
      return copy;
    }
    ClinicSession session = (ClinicSession) object;
    ClinicSession copy = new ClinicSession();
    copy.setMetadata(metadata);
    copy.setSpec(session.getSpec());
    copy.setStatus(asNew ? null : session.getStatus());
    return copy;
  }

  private static Object specOf(HasMetadata object) {
    if (object instanceof Clinic clinic) {
      return clinic.getSpec();
    }
    return object instanceof ClinicService service
        ? service.getSpec()
        : ((ClinicSession) object).getSpec();
  }

  private static void withSpecOf(HasMetadata to, HasMetadata from) {
    if (to instanceof Clinic clinic) {
      clinic.setSpec(((Clinic) from).getSpec());
    } else if (to instanceof ClinicService service) {
      service.setSpec(((ClinicService) from).getSpec());
    }
  }

  private static void withStatusOf(HasMetadata to, HasMetadata from) {
    if (to instanceof Clinic clinic) {
      clinic.setStatus(((Clinic) from).getStatus());
    } else if (to instanceof ClinicService service) {
      service.setStatus(((ClinicService) from).getStatus());
    } else if (to instanceof ClinicSession session) {
      session.setStatus(((ClinicSession) from).getStatus());
    }
  }
}
