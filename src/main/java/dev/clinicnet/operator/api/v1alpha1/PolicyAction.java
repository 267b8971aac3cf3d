package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** An action of ngrok's traffic policy. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyAction(
    @JsonPropertyDescription("The action's type, for example add-headers.")
        @Required
        @Size(min = 1, max = 64)
        String type,
    @JsonPropertyDescription(
            "The action's configuration, as ngrok documents it. Absent: the action needs none.")
        @PreserveUnknownFields
        Map<String, Object> config) {}
