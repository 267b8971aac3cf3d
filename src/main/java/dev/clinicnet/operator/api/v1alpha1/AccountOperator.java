package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The operator that writes the status of an NgrokAccount. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccountOperator(
    @JsonPropertyDescription("Its --instance.") @Required String instance,
    @JsonPropertyDescription("How many of the namespaces that it watches have a grant here.")
        int namespaces) {}
