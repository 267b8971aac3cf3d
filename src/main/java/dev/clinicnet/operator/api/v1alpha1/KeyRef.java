package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a ConfigMap or Secret in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyRef(
    @JsonPropertyDescription(
            "The object's metadata.name, in the same namespace. The object needs the label"
                + " clinicnet.dev/referenced: \"true\".")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.OBJECT_NAME + "$')",
            message =
                "must be an object's name (a-z, 0-9, '-' and '.', beginning and ending with a"
                    + " letter or digit): write its metadata.name, without namespace")
        String name,
    @JsonPropertyDescription("The key in its data, for example ca.crt.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^[-._a-zA-Z0-9]+$')",
            message =
                "must be a key of a ConfigMap or Secret (letters, digits, '-', '_' and '.'): write"
                    + " for example ca.crt")
        String key) {}
