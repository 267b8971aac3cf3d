package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.fleetpage.Events;
import dev.clinicnet.operator.fleetpage.FleetEvent;
import dev.clinicnet.operator.fleetpage.ReviewFailure;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads Events from the API server, for the page of one clinic. */
final class KubernetesEvents implements Events {
  private static final int MOST = 25;
  private static final long OF_ONE_OBJECT = 100;

  private final KubernetesClient client;

  /** Events by this client, which the caller closes. */
  KubernetesEvents(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public List<FleetEvent> of(String namespace, String clinic, List<String> services) {
    List<FleetEvent> events = new ArrayList<>();
    try {
      read(events, namespace, "Clinic", clinic);
      for (String service : services) {
        read(events, namespace, "ClinicService", service);
      }
    } catch (KubernetesClientException e) {
      throw new ReviewFailure(
          e.getCode() == 0
              ? "the API server does not answer."
              : "the API server answers with status " + e.getCode() + ".");
    }
    return events.stream()
        .sorted(Comparator.comparing(FleetEvent::at).reversed())
        .limit(MOST)
        .toList();
  }

  private void read(List<FleetEvent> events, String namespace, String kind, String name) {
    client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.kind", kind)
        .withField("involvedObject.name", name)
        .list(new ListOptionsBuilder().withLimit(OF_ONE_OBJECT).build())
        .getItems()
        .forEach(event -> events.add(event(event)));
  }

  private static FleetEvent event(Event event) {
    return new FleetEvent(
        at(event),
        "Warning".equals(event.getType()),
        event.getInvolvedObject().getKind() + " " + event.getInvolvedObject().getName(),
        event.getReason() == null ? "" : event.getReason(),
        event.getMessage() == null ? "" : event.getMessage());
  }

  private static Instant at(Event event) {
    String time =
        event.getLastTimestamp() != null
            ? event.getLastTimestamp()
            : event.getMetadata().getCreationTimestamp();
    return Timestamps.parse(time).orElse(Instant.EPOCH);
  }
}
