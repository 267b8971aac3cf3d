package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Names a Clinic in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicRef(
    @JsonPropertyDescription("The Clinic's metadata.name. Immutable.")
        @Required
        @Size(max = 40)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.LABEL + "$')",
            message =
                "must be the name of a Clinic (one DNS label: a-z, 0-9, '-'): write the Clinic's"
                    + " metadata.name, without namespace")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "is immutable: put the old value back, or delete this ClinicService and create one"
                    + " for the other Clinic")
        String name) {}
