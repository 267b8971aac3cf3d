package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A domain as ngrok holds it. The targets are null where the team has no DNS record to create. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DomainStatus(
    String name,
    String id,
    String cnameTarget,
    String acmeChallengeCNAMETarget,
    CertificateState certificate) {}
