package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The public cloud endpoint. {@code policyHash} is of the policy that we sent last, {@code
 * echoHash} of the text that the platform answered to it.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointStatus(String id, String policyHash, String echoHash) {}
