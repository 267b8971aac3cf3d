package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a Secret in the operator's own namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record APIKeySecretRef(
    @JsonPropertyDescription(
            "The Secret's metadata.name. The Secret is in the operator's own namespace. The Role"
                + " clinic-operator there must name it.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.OBJECT_NAME + "$')",
            message =
                "must be a Secret's name (a-z, 0-9, '-' and '.', beginning and ending with a"
                    + " letter or digit): write its metadata.name, without namespace")
        String name,
    @JsonPropertyDescription("The key in its data, for example west.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^[-._a-zA-Z0-9]+$')",
            message =
                "must be a key of a Secret (letters, digits, '-', '_' and '.'): write for example"
                    + " west")
        String key) {}
