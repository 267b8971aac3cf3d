package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.kubernetes.Reports;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statuses and Events, written to the API server. */
class KubernetesReports implements Reports {
  private static final Logger LOGGER = LoggerFactory.getLogger(KubernetesReports.class);

  private final KubernetesClient client;
  private final Consumer<HasMetadata> statusWriter;
  private final WriteGuard guard;
  private final Clock clock;

  /**
   * Reports of one pass.
   *
   * @param guard prevents a former leader from overwriting what its successor wrote
   */
  KubernetesReports(
      KubernetesClient client, Consumer<HasMetadata> statusWriter, WriteGuard guard, Clock clock) {
    this.client = client;
    this.statusWriter = statusWriter;
    this.guard = guard;
    this.clock = clock;
  }

  /** The client that writes. */
  final KubernetesClient client() {
    return client;
  }

  @Override
  public final void applyStatus(HasMetadata withStatus) {
    requireLead();
    statusWriter.accept(withStatus);
  }

  /**
   * Returns if a write is allowed now.
   *
   * @throws KubernetesClientException when this process does not lead any more
   */
  final void requireLead() {
    requireLead(guard);
  }

  /**
   * Returns if a write is allowed now.
   *
   * @throws KubernetesClientException when this process does not lead any more
   */
  static void requireLead(WriteGuard guard) {
    try {
      guard.confirm();
    } catch (NgrokException refusal) {
      throw new KubernetesClientException(refusal.getMessage(), refusal);
    }
  }

  @Override
  public final void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName() + "." + UUID.randomUUID())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName())
            .withUid(about.getMetadata().getUid())
            .endInvolvedObject()
            .withType(warning ? "Warning" : "Normal")
            .withReason(reason.name())
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource()
            .withComponent(ClinicOperator.NAME)
            .endSource()
            .withReportingComponent(ClinicOperator.NAME)
            .build();
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOGGER.debug("an Event could not be recorded: {}", e.getMessage());
    }
  }
}
