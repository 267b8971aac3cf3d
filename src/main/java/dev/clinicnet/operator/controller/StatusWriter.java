package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;

/**
 * Writes the statuses of one pass by server-side apply, and puts them into the cache. Each is
 * written over the version that the one before has made. A write over an old version is repeated as
 * soon as the cache shows the present one. That wait is short, because the pass holds the lock of
 * its Clinic. Other refusals of the API server are not repeated, because they would come again.
 */
final class StatusWriter<P extends HasMetadata> {
  /** The number of attempts. People and the operator may write at nearly the same moment. */
  private static final int ATTEMPTS = 10;

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int UNPROCESSABLE = 422;

  private final Context<P> context;
  private final WriteGuard guard;
  private P latest;

  /**
   * A writer for one pass.
   *
   * @param primary the object as the pass saw it
   * @param guard asked before each attempt, because a process that stood still in between may have
   *     lost the lead, and must not write its old status over that of the new leader
   */
  StatusWriter(P primary, Context<P> context, WriteGuard guard) {
    this.latest = primary;
    this.context = context;
    this.guard = guard;
  }

  /**
   * Writes a complete status.
   *
   * @param fresh an object with its name, its uid and the new status
   * @throws RefusedStatus when the API server refuses it
   * @throws StaleStatus when the cache does not show the present version in time
   */
  void write(P fresh) {
    try {
      latest =
          PrimaryUpdateAndCacheUtils.updateAndCacheResource(
              latest,
              context,
              seen -> fresh,
              status -> apply(status, context.getClient(), guard),
              ATTEMPTS,
              PATIENCE.toMillis(),
              POLL.toMillis());
    } catch (OperatorException e) {
      throw new StaleStatus(e);
    }
  }

  /** Applies a status over the version that it names, if a write is allowed now. */
  static <P extends HasMetadata> P apply(P status, KubernetesClient client, WriteGuard guard) {
    KubernetesReports.requireLead(guard);
    try {
      return client
          .resource(status)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withForce(true)
                  .withFieldManager(ClinicOperator.NAME)
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .build());
    } catch (KubernetesClientException e) {
      boolean refused =
          e.getCode() == UNPROCESSABLE
              || (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                  && isLatest(status, list(status, client)));
      throw refused ? new RefusedStatus(e) : e;
    }
  }

  /** Whether the object was not written since. Then a conflict is not about versions. */
  private static boolean isLatest(HasMetadata status, List<? extends HasMetadata> present) {
    String version = status.getMetadata().getResourceVersion();
    return present.stream().anyMatch(now -> now.getMetadata().getResourceVersion().equals(version));
  }

  /** The object as it is now. It is listed, since the operator may list each kind, and get few. */
  private static List<? extends HasMetadata> list(HasMetadata status, KubernetesClient client) {
    String namespace = status.getMetadata().getNamespace();
    var all = client.resources(status.getClass());
    var reachable = namespace == null ? all : all.inNamespace(namespace);
    return reachable.withField("metadata.name", status.getMetadata().getName()).list().getItems();
  }
}
