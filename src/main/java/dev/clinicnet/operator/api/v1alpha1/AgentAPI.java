package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The agent's own API as an internal endpoint; {@code host} is the public name kept for it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentAPI(
    @JsonPropertyDescription(
            "The public host kept for the agent's API, for example agent-clinic1.api.clinicnet.com."
                + " It must be one of spec.domains, or exactly one label below a wildcard among"
                + " them.")
        @Required
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches(r'^" + Syntax.HOST + "$')",
            message =
                "must be a lower-case host of at least 2 labels, without wildcard, scheme, port or"
                    + " trailing dot: write for example agent-clinic1.api.clinicnet.com")
        String host) {}
