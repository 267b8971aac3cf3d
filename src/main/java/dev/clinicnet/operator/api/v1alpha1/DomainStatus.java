package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A domain at ngrok. The targets are null if the team has no DNS record to create. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DomainStatus(
    @JsonPropertyDescription("The domain, as in spec.domains.") @Required String name,
    @JsonPropertyDescription(
            "ngrok's id of the reserved domain (rd_...). Absent until it is reserved.")
        String id,
    @JsonPropertyDescription(
            "What the domain's CNAME record must point to. Absent if no record is needed.")
        String cnameTarget,
    @JsonPropertyDescription(
            "What the CNAME record _acme-challenge.<domain> must point to, so that a wildcard"
                + " certificate can be issued. Absent if no record is needed.")
        String acmeChallengeCNAMETarget,
    @JsonPropertyDescription(
            "The state of the certificate: Ready, Pending, WaitingForDNS or Failed. Absent"
                + " until the domain is reserved, and while a new Clinic waits for its turn in the"
                + " request budget.")
        CertificateState certificate) {}
