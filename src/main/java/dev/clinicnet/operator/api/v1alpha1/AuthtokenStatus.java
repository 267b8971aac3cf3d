package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.Format;
import java.util.List;

/** The credential of the published authtoken, and the retiring ones. It never has the token. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuthtokenStatus(
    @JsonPropertyDescription(
            "ngrok's id of the credential (cr_...) whose authtoken is in the site kit.")
        String credentialID,
    @JsonPropertyDescription("When it was issued.") @Format("date-time") String issuedAt,
    @JsonPropertyDescription("What the authtoken permits, as it was last programmed.")
        List<String> acl,
    @JsonPropertyDescription("Credentials that were replaced and are not revoked yet.")
        List<RetiringCredential> retiring,
    @JsonPropertyDescription(
            "When an agent was first seen to use it. Absent before the present site kit is installed.")
        @Format("date-time")
        String firstUsedAt,
    @JsonPropertyDescription(
            "When it becomes due to be replaced, by spec.agent.authtoken.rotationInterval. Absent"
                + " without a schedule. The operator replaces few authtokens at a time, the oldest"
                + " first, so it may be later.")
        @Format("date-time")
        String rotatesAt,
    @JsonPropertyDescription(
            "The value of the annotation clinicnet.dev/rotate that was carried out last.")
        String rotated) {

  public AuthtokenStatus {
    acl = acl == null ? List.of() : List.copyOf(acl);
    retiring = retiring == null ? List.of() : List.copyOf(retiring);
  }
}
