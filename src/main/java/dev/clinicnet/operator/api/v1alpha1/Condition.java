package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A condition as the Kubernetes API conventions describe it. {@code lastTransitionTime} is RFC 3339
 * in UTC, with seconds, and changes only when {@code status} changes.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    String type,
    ConditionStatus status,
    Long observedGeneration,
    String lastTransitionTime,
    String reason,
    String message) {}
