package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The Clinic's service user (bot user) at ngrok. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceUserStatus(
    @JsonPropertyDescription("ngrok's id of the service user.") String id,
    @JsonPropertyDescription("Its name at ngrok, which is unique in the account.") String name,
    @JsonPropertyDescription(
            "ngrok's id of the account in which it exists. Absent if ngrok does not say it. The"
                + " operator writes nothing if its API key belongs to another account in which"
                + " something is missing.")
        String accountID) {}
