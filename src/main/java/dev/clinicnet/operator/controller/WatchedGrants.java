package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.grant.Grants;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What each namespace may hold, as the NgrokAccounts and the labels of the namespaces say now. Both
 * are read before any object is looked at. While Kubernetes does not answer, what was read last
 * counts.
 */
final class WatchedGrants implements AutoCloseable {
  private final KubernetesClient client;
  private final Requeues requeues;
  private final Map<String, Grant> told = new HashMap<>();
  private volatile SharedIndexInformer<NgrokAccount> accounts;
  private volatile SharedIndexInformer<Namespace> namespaces;

  WatchedGrants(KubernetesClient client, Requeues requeues) {
    this.client = client;
    this.requeues = requeues;
  }

  /** Returns when everything was read. */
  void start() {
    namespaces = client.namespaces().inform();
    accounts = client.resources(NgrokAccount.class).inform();
    changed(labels().keySet());
  }

  /** From now on, those whose grants change are woken; also for what changed since the start. */
  void requeueOnChanges() {
    namespaces.addEventHandler(
        new Changes<>(
            WatchedGrants::labels, namespace -> Set.of(namespace.getMetadata().getName())));
    accounts.addEventHandler(new Changes<>(NgrokAccount::getSpec, account -> labels().keySet()));
  }

  /** What a namespace may hold. */
  Grant of(String namespace) {
    return Grants.of(accounts.getStore().list()).of(namespace, labelsOf(namespace));
  }

  /** Whether there is no such namespace, not even one that is being deleted. */
  boolean lacks(String namespace) {
    SharedIndexInformer<Namespace> watched = namespaces;
    return watched != null && watched.hasSynced() && watched.getStore().getByKey(namespace) == null;
  }

  /** The labels of every namespace, by its name. */
  Map<String, Map<String, String>> labels() {
    Map<String, Map<String, String>> labels = new HashMap<>();
    namespaces
        .getStore()
        .list()
        .forEach(namespace -> labels.put(namespace.getMetadata().getName(), labels(namespace)));
    return labels;
  }

  @Override
  public void close() {
    Stream.of(Optional.ofNullable(accounts), Optional.ofNullable(namespaces))
        .flatMap(Optional::stream)
        .forEach(SharedIndexInformer::close);
  }

  private Map<String, String> labelsOf(String namespace) {
    return Optional.ofNullable(namespaces.getStore().getByKey(namespace))
        .map(WatchedGrants::labels)
        .orElse(Map.of());
  }

  private static Map<String, String> labels(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** Those of some namespaces that may hold something else now than they were told. */
  private synchronized Set<String> changed(Set<String> names) {
    Set<String> changed = new HashSet<>();
    for (String namespace : names) {
      Grant now = of(namespace);
      if (!now.equals(told.put(namespace, now))) {
        changed.add(namespace);
      }
    }
    return changed;
  }

  private void requeue(Set<String> names) {
    Set<String> changed = changed(names);
    if (!changed.isEmpty()) {
      requeues.namespaces(changed);
      requeues.refused();
    }
  }

  /** Changes of what matters of an object, and whom they concern. */
  private final class Changes<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final Function<T, Object> part;
    private final Function<T, Set<String>> concerned;

    Changes(Function<T, Object> part, Function<T, Set<String>> concerned) {
      this.part = part;
      this.concerned = concerned;
    }

    @Override
    public void onAdd(T added) {
      requeue(concerned.apply(added));
    }

    @Override
    public void onUpdate(T before, T now) {
      if (!Objects.equals(part.apply(before), part.apply(now))) {
        requeue(concerned.apply(now));
      }
    }

    @Override
    public void onDelete(T deleted, boolean unknown) {
      requeue(concerned.apply(deleted));
    }
  }
}
