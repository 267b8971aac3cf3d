package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The public cloud endpoint. {@code policyHash} is the hash of the policy that was sent last,
 * {@code echoHash} that of the text in the platform's answer, and {@code generation} that of the
 * manifest.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointStatus(
    @JsonPropertyDescription("ngrok's id of the endpoint (ep_...).") String id,
    @JsonPropertyDescription("A hash of the traffic policy that was sent last.") String policyHash,
    @JsonPropertyDescription(
            "A hash of the traffic policy in the form in which ngrok returned it after the"
                + " last request. If the listed policy has another hash, somebody changed it.")
        String echoHash,
    @JsonPropertyDescription(
            "The generation of the manifest whose traffic policy is in force. While the"
                + " present manifest is refused, this is an older generation. Absent while it is"
                + " not known.")
        Long generation) {

  /** An endpoint whose generation is not known. */
  public EndpointStatus(String id, String policyHash, String echoHash) {
    this(id, policyHash, echoHash, null);
  }
}
