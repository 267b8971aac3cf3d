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
        String firstUsedAt) {

  public AuthtokenStatus {
    acl = acl == null ? List.of() : List.copyOf(acl);
    retiring = retiring == null ? List.of() : List.copyOf(retiring);
  }
}
