package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.condition.Happening;
import dev.clinicnet.operator.kubernetes.MissingRight;
import dev.clinicnet.operator.kubernetes.Reports;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.metrics.RefusedWriteMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles passes whose writes Kubernetes refuses, for example in a namespace that is being deleted
 * and has lost its Role first, or because an admission policy refuses a status. The refusal is
 * logged in one line, and the pass is repeated, later each time. What a pass does at ngrok comes
 * before its writes, and does not need them.
 */
final class RefusedWrites {
  private static final Logger LOGGER = LoggerFactory.getLogger(RefusedWrites.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration TOLD_FOR = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Reports reports;
  private final RefusedWriteMetrics metrics;
  private final Clock clock;
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  /** The state at the start: nothing was refused. */
  RefusedWrites(Reports reports, RefusedWriteMetrics metrics, Clock clock) {
    this.reports = reports;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Makes a pass over an object that is not being deleted. */
  <P extends HasMetadata> UpdateControl<P> pass(P object, Supplier<UpdateControl<P>> pass) {
    try {
      UpdateControl<P> control = pass.get();
      refusals.remove(key(object));
      return control;
    } catch (RuntimeException e) {
      return UpdateControl.<P>noUpdate().rescheduleAfter(refused(object, e));
    }
  }

  /** Makes a pass over an object that is being deleted, and removes its finalizer. */
  DeleteControl deletion(
      HasMetadata object,
      KubernetesClient client,
      String finalizer,
      Supplier<DeleteControl> deletion) {
    try {
      DeleteControl control = deletion.get();
      if (control.isRemoveFinalizer()) {
        PrimaryUpdateAndCacheUtils.removeFinalizer(client, object, finalizer);
        control = DeleteControl.noFinalizerRemoval();
      }
      refusals.remove(key(object));
      return control;
    } catch (RuntimeException e) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(refused(object, e));
    }
  }

  /** How long to wait after a refusal. Any other exception is thrown again. */
  private Duration refused(HasMetadata object, RuntimeException failure) {
    if (failure instanceof StaleStatus) {
      LOGGER.debug("{}: {}", key(object), failure.getMessage());
    } else if (failure instanceof RefusedStatus) {
      tellStatus(object, failure.getMessage());
    } else {
      KubernetesClientException refusal =
          refusal(failure)
              .filter(
                  e ->
                      e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND)
              .orElseThrow(() -> failure);
      if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        tell(object, refusal);
      }
    }
    int doublings = Math.min(refusals.merge(key(object), 1, Integer::sum) - 1, MOST_DOUBLINGS);
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  private void tellStatus(HasMetadata object, String text) {
    metrics.refused(object.getKind());
    if (isNew(key(object) + text)) {
      LOGGER.warn(
          "{}: Kubernetes does not take the status, so that it is not as it says; what was done at"
              + " ngrok is done. It is tried again: {}",
          key(object),
          text);
      if (object.getMetadata().getNamespace() != null) {
        reports.emit(
            object,
            Happening.StatusNotWritten,
            "The status is older than what was done: Kubernetes does not take a newer one: "
                + text);
      }
    }
  }

  private void tell(HasMetadata object, KubernetesClientException refusal) {
    String text = MissingRight.text(refusal);
    String namespace = object.getMetadata().getNamespace();
    Optional<MissingRight> right = MissingRight.of(refusal);
    if (!text.contains(StatusReport.BEING_TERMINATED)) {
      metrics.refused(object.getKind());
    }
    if (right.isPresent() && namespace != null) {
      if (isNew(namespace)) {
        LOGGER.warn(
            "Kubernetes does not let the operator {} {} in the namespace {}: its Role or"
                + " RoleBinding is gone. What is deleted there is removed at ngrok all the same,"
                + " but its finalizers stay. Bind the ClusterRole clinic-operator-finalizers to"
                + " the operator, as deploy/overlays/namespaced does, or grant the Role again.",
            right.get().verb(),
            right.get().resource(),
            namespace);
      }
    } else if (text.contains(StatusReport.BEING_TERMINATED)) {
      // A namespace that is being deleted needs no new objects.
      LOGGER.debug("{}: {}", key(object), text);
    } else if (isNew(key(object) + text)) {
      LOGGER.warn("{}: Kubernetes refuses a change, which is tried again: {}", key(object), text);
    }
  }

  private boolean isNew(String what) {
    Instant now = clock.instant();
    Instant before = told.get(what);
    if (before != null && now.isBefore(before.plus(TOLD_FOR))) {
      return false;
    }
    told.put(what, now);
    return true;
  }

  private static Optional<KubernetesClientException> refusal(Throwable failure) {
    if (failure == null || failure instanceof KubernetesClientException) {
      return Optional.ofNullable((KubernetesClientException) failure);
    }
    return refusal(failure.getCause());
  }

  private static String key(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }
}
