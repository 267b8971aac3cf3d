package dev.clinicnet.operator.fleetpage;

import java.time.Instant;

/**
 * A Kubernetes Event.
 *
 * @param object what it is about, such as {@code ClinicService rest-api}
 */
public record FleetEvent(
    Instant at, boolean warning, String object, String reason, String message) {}
