package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A replaced credential; {@code since} is when it was first seen replaced, RFC 3339 in UTC. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetiringCredential(String credentialID, String since) {}
