package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/** Notices by a watch when each object of the fleet becomes ready. */
final class FleetWatch implements AutoCloseable {
  /** What the watch has seen of an object: a ready generation, and when that was first seen. */
  record Ready(long generation, long nanos) {}

  private final Duration patience;
  private final PromisedWaits promises;
  private final Map<String, Long> present = new ConcurrentHashMap<>();
  private final Map<String, Ready> ready = new ConcurrentHashMap<>();
  private final Map<String, Long> expected = new ConcurrentHashMap<>();
  private final Set<String> withoutCertificate = ConcurrentHashMap.newKeySet();
  private final Set<String> withoutAgent = ConcurrentHashMap.newKeySet();
  private final Set<String> countingServices = ConcurrentHashMap.newKeySet();
  private final Map<String, Condition> notReady = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<?>> informers;

  /**
   * Watches a namespace.
   *
   * @param patience how long each wait may take, in real time
   * @param account the account's time
   */
  FleetWatch(KubernetesClient client, String namespace, Duration patience, Clock account) {
    this.patience = patience;
    this.promises = new PromisedWaits(account);
    this.informers =
        List.of(
            client.resources(Clinic.class).inNamespace(namespace).inform(handler()),
            client.resources(ClinicService.class).inNamespace(namespace).inform(handler()));
  }

  /** What the statuses said about waits. */
  PromisedWaits promises() {
    return promises;
  }

  /** The key of an object in this watch. */
  static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  /** Waits until so many objects exist and all of them are ready. */
  void awaitReady(int count) {
    until(
        () -> ready.size() == count && present.size() == count && isExpected(),
        count + " ready objects");
    expected.clear();
  }

  private boolean isExpected() {
    return expected.entrySet().stream()
        .allMatch(wanted -> isReady(wanted.getKey(), wanted.getValue()));
  }

  /**
   * Waits until an object is ready in this generation or a later one; returns when it became so.
   */
  long awaitReady(HasMetadata applied) {
    String key = key(applied);
    long generation = applied.getMetadata().getGeneration();
    until(() -> isReady(key, generation), key + " of generation " + generation);
    return ready.get(key).nanos();
  }

  /** An object was applied: only a status of this generation or a later one makes it ready. */
  void expect(HasMetadata applied) {
    String key = key(applied);
    long generation = applied.getMetadata().getGeneration();
    expected.merge(key, generation, Math::max);
  }

  /**
   * Waits until every Clinic says that its domains have their certificates. This is not part of
   * Ready, and follows with a later list.
   */
  void awaitCertificates() {
    until(withoutCertificate::isEmpty, "certificate of every domain");
  }

  /**
   * Waits until every Clinic says that all its services are ready. This is no part of its own
   * readiness, and may be told later.
   */
  void awaitCounts() {
    until(countingServices::isEmpty, "number of ready services of every Clinic");
  }

  /** Waits until every Clinic says that its agent is connected. */
  void awaitAgents() {
    until(withoutAgent::isEmpty, "agent of every Clinic");
  }

  /** Waits until no object is left. */
  void awaitGone() {
    until(present::isEmpty, "an empty namespace");
  }

  private boolean isReady(String key, long generation) {
    Ready seen = ready.get(key);
    return seen != null && seen.generation() >= generation;
  }

  /** How many objects are ready whose keys begin and end like this. */
  long ready(String begin, String end) {
    return ready.keySet().stream()
        .filter(key -> key.startsWith(begin) && key.endsWith(end))
        .count();
  }

  /** The condition Ready of those that are not ready, as far as they have one. */
  Map<String, Condition> notReady() {
    return Map.copyOf(notReady);
  }

  /** When this object became ready, as {@link System#nanoTime}. */
  long readySince(HasMetadata object) {
    return ready.get(key(object)).nanos();
  }

  /** When the last of all became ready, as {@link System#nanoTime}. */
  long lastReady() {
    return ready.values().stream().mapToLong(Ready::nanos).max().orElseThrow();
  }

  private void until(BooleanSupplier reached, String what) {
    try {
      await()
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(reached::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "no %s after %s: %d objects, %d ready; not ready: %s"
              .formatted(
                  what,
                  patience,
                  present.size(),
                  ready.size(),
                  waiting.entrySet().stream().limit(3).toList()),
          e);
    }
  }

  private <T extends HasMetadata> ResourceEventHandler<T> handler() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        see(object);
      }

      @Override
      public void onUpdate(T before, T object) {
        see(object);
      }

      @Override
      public void onDelete(T object, boolean stale) {
        present.remove(key(object));
        ready.remove(key(object));
        waiting.remove(key(object));
        notReady.remove(key(object));
        withoutCertificate.remove(key(object));
        withoutAgent.remove(key(object));
        countingServices.remove(key(object));
      }
    };
  }

  private void see(HasMetadata object) {
    String key = key(object);
    long generation = object.getMetadata().getGeneration();
    present.put(key, generation);
    if (object instanceof Clinic clinic) {
      List<Condition> conditions = Conditions.of(clinic);
      note(withoutCertificate, key, !Conditions.isTrue(conditions, ConditionType.DomainsReady));
      note(withoutAgent, key, !Conditions.isTrue(conditions, ConditionType.AgentOnline));
      note(countingServices, key, !hasAllServices(ClinicStatus.of(clinic).services()));
    }
    boolean isReady =
        Conditions.find(Conditions.of(object), ConditionType.Ready)
            .filter(condition -> Long.valueOf(generation).equals(condition.observedGeneration()))
            .filter(condition -> Conditions.isTrue(Conditions.of(object), ConditionType.Ready))
            .isPresent();
    if (isReady) {
      promises.ready(key);
      waiting.remove(key);
      notReady.remove(key);
      ready.compute(
          key,
          (same, before) ->
              before != null && before.generation() == generation
                  ? before
                  : new Ready(generation, System.nanoTime()));
    } else {
      ready.remove(key);
      Conditions.find(Conditions.of(object), ConditionType.Programmed)
          .ifPresent(condition -> promises.said(key, condition.message()));
      waiting.put(key, Conditions.of(object).toString());
      Conditions.find(Conditions.of(object), ConditionType.Ready)
          .ifPresent(condition -> notReady.put(key, condition));
    }
  }

  private static void note(Set<String> keys, String key, boolean belongs) {
    if (belongs) {
      keys.add(key);
    } else {
      keys.remove(key);
    }
  }

  private static boolean hasAllServices(ServicesStatus counted) {
    return counted != null && counted.total() == Site.SERVICES && counted.ready() == Site.SERVICES;
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }
}
