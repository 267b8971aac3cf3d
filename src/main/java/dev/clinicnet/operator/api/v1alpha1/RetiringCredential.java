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
        String firstUsedAt,
    @JsonPropertyDescription(
            "True if it was found at ngrok and neither the status nor the site kit knew it, as after"
                + " the loss of a cluster. It counts as installed, so it stays valid until an agent"
                + " has used the new one. Absent otherwise.")
        Boolean inherited) {

  /** A credential that the operator itself has replaced. */
  public RetiringCredential(String credentialID, String since, String firstUsedAt) {
    this(credentialID, since, firstUsedAt, null);
  }

  /** Whether it was found at ngrok, so that nothing is known about its use before. */
  public boolean wasInherited() {
    return Boolean.TRUE.equals(inherited);
  }
}
