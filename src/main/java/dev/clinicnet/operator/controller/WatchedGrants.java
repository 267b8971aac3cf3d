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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The grants of each namespace, by the present NgrokAccounts and labels of namespaces. Both are
 * read before any object is reconciled. While Kubernetes does not answer, the last read state
 * counts.
 */
final class WatchedGrants implements AutoCloseable {
  private final KubernetesClient client;
  private final Requeues requeues;
  private final ToldGrants told = new ToldGrants();
  private volatile SharedIndexInformer<NgrokAccount> accounts;
  private volatile SharedIndexInformer<Namespace> namespaces;

  WatchedGrants(KubernetesClient client, Requeues requeues) {
    this.client = client;
    this.requeues = requeues;
  }

  /** Waits until everything was read. */
  void start(Accounts running) {
    namespaces = client.namespaces().withLimit(Watched.PAGE).inform();
    accounts = client.resources(NgrokAccount.class).withLimit(Watched.PAGE).inform();
    running.follow(all(), name -> {});
    changed(labels().keySet());
  }

  /**
   * From now on, the namespaces whose grants change are requeued, including those that have changed
   * since the start.
   */
  void requeueOnChanges(Accounts running) {
    Consumer<NgrokAccount> follow =
        account -> running.follow(all(), name -> new AccountManifests(name, requeues).all());
    accounts.addEventHandler(new Presence(follow));
    namespaces.addEventHandler(
        new Changes<>(
            WatchedGrants::labels, namespace -> Set.of(namespace.getMetadata().getName())));
    accounts.addEventHandler(new Changes<>(NgrokAccount::getSpec, account -> labels().keySet()));
  }

  /** The grants of a namespace in an account. */
  Grant of(String account, String namespace) {
    return Grants.of(all()).of(account, namespace, labelsOf(namespace));
  }

  /** All NgrokAccounts; none before the start. */
  List<NgrokAccount> all() {
    SharedIndexInformer<NgrokAccount> watched = accounts;
    return watched == null ? List.of() : watched.getStore().list();
  }

  /** The grants of a namespace, by the names of the accounts. */
  private Map<String, Grant> of(String namespace) {
    Map<String, Grant> grants = new HashMap<>();
    Stream.concat(
            Stream.of(NgrokAccount.DEFAULT),
            all().stream().map(account -> account.getMetadata().getName()))
        .forEach(account -> grants.put(account, of(account, namespace)));
    return grants;
  }

  /** Whether the namespace does not exist. One that is being deleted still exists. */
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

  private Set<String> changed(Set<String> names) {
    return told.changed(names, this::of, this::lacks);
  }

  private void requeue(Set<String> names) {
    Set<String> changed = changed(names);
    if (!changed.isEmpty()) {
      requeues.namespaces(changed);
      requeues.refused();
    }
  }

  /** Reports NgrokAccounts that come, change or go. */
  private record Presence(Consumer<NgrokAccount> follow)
      implements ResourceEventHandler<NgrokAccount> {

    @Override
    public void onAdd(NgrokAccount added) {
      follow.accept(added);
    }

    @Override
    public void onUpdate(NgrokAccount before, NgrokAccount now) {
      follow.accept(now);
    }

    @Override
    public void onDelete(NgrokAccount deleted, boolean unknown) {
      follow.accept(deleted);
    }
  }

  /** Reports relevant changes of objects, with the namespaces that they concern. */
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
