package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A rule: its actions run in order when all expressions are true. The name is a text or a number.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyRule(
    @JsonPropertyDescription(
            "The name of the rule, for people. It may also be a number. Absent: the rule has"
                + " no name.")
        Object name,
    @JsonPropertyDescription(
            "CEL expressions, all of which must be true. At most 16. Absent or empty: always.")
        @Size(max = 16)
        List<@Size(max = 4096) String> expressions,
    @JsonPropertyDescription("What the rule does, in order. At most 16.")
        @Required
        @Size(min = 1, max = 16)
        List<PolicyAction> actions) {}
