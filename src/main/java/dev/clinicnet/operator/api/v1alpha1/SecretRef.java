package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Names a Secret in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretRef(
    @JsonPropertyDescription(
            "The Secret's metadata.name, in the same namespace. The Secret needs the label"
                + " clinicnet.dev/referenced: \"true\".")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.OBJECT_NAME + "$')",
            message =
                "must be a Secret's name (a-z, 0-9, '-' and '.', beginning and ending with a"
                    + " letter or digit): write its metadata.name, without namespace")
        String name) {}
