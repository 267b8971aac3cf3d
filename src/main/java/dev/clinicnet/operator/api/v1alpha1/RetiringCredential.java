package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;

/** A replaced credential; {@code since} is when it was first seen replaced, RFC 3339 in UTC. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetiringCredential(
    @JsonPropertyDescription("ngrok's id of the credential (cr_...).") String credentialID,
    @JsonPropertyDescription(
            "When the operator first saw that it was replaced. Its overlap begins at this"
                + " time.")
        @Format("date-time")
        String since,
    @JsonPropertyDescription("When an agent was first seen to use it. Absent if none was.")
        @Format("date-time")
        String firstUsedAt) {}
