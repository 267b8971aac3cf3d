package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * TLS that ends at the site's agent. With a null {@code clientCARef}, clients need no certificate.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentTermination(
    @JsonPropertyDescription(
            "The Secret of type kubernetes.io/tls (tls.crt, tls.key) that the agent shows to"
                + " clients. The site kit contains it, with the private key. After a renewal, the"
                + " new site kit must be installed.")
        @Required
        SecretRef certificateSecretRef,
    @JsonPropertyDescription(
            "The CA certificates (PEM) that must have signed a client's certificate. Absent: no"
                + " client needs a certificate.")
        KeySource clientCARef) {}
