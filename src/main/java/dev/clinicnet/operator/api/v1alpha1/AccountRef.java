package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Names an NgrokAccount. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccountRef(
    @JsonPropertyDescription("The NgrokAccount's metadata.name.")
        @Required
        @Size(max = 63)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.LABEL + "$')",
            message =
                "must be the name of an NgrokAccount (one DNS label: a-z, 0-9, '-'): write its"
                    + " metadata.name")
        String name) {}
