package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** The place of a value. Exactly one of its members is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.configMapKeyRef) != has(self.secretKeyRef)",
    message = "must have exactly one of configMapKeyRef and secretKeyRef: choose one")
public record KeySource(
    @JsonPropertyDescription("A key of a ConfigMap. Absent: it is in a Secret.")
        KeyRef configMapKeyRef,
    @JsonPropertyDescription("A key of a Secret. Absent: it is in a ConfigMap.")
        KeyRef secretKeyRef) {}
