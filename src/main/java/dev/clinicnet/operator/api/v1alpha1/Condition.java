package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import io.fabric8.generator.annotation.Required;

/**
 * A condition as the Kubernetes API conventions describe it. {@code lastTransitionTime} is RFC 3339
 * in UTC, with seconds, and changes only when {@code status} changes.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @JsonPropertyDescription(
            "What the condition is about: Accepted, ResolvedRefs, Programmed, Ready and others.")
        @Required
        String type,
    @JsonPropertyDescription("True, False, or Unknown while it is not known.") @Required
        ConditionStatus status,
    @JsonPropertyDescription("The metadata.generation that the condition was computed from.")
        Long observedGeneration,
    @JsonPropertyDescription("When status last changed.") @Required @Format("date-time")
        String lastTransitionTime,
    @JsonPropertyDescription("The reason, as one CamelCase word that programs may rely on.")
        @Required
        String reason,
    @JsonPropertyDescription(
            "An explanation for people: what is wrong, and what to do. It may be empty.")
        String message) {}
