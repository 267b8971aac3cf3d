package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * A secret in the operator's vault. A {@code name} without {@code id} is an intent: the secret may
 * exist or not.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VaultSecretStatus(
    @JsonPropertyDescription("The name in the vault: namespace, service and purpose.") @Required
        String name,
    @JsonPropertyDescription(
            "ngrok's id of the secret (secret_...). Absent while its creation is under way.")
        String id) {}
