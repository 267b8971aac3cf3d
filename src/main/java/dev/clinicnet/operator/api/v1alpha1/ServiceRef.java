package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Names a ClinicService in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceRef(
    @JsonPropertyDescription("The ClinicService's metadata.name.")
        @Required
        @Size(max = 63)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.LABEL + "$')",
            message =
                "must be the name of a ClinicService (one DNS label: a-z, 0-9, '-'): write its"
                    + " metadata.name, without namespace")
        String name) {}
