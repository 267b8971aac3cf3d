package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** The credential behind the published authtoken, and those on their way out. Never the token. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuthtokenStatus(
    String credentialID, String issuedAt, List<RetiringCredential> retiring) {

  public AuthtokenStatus {
    retiring = retiring == null ? List.of() : List.copyOf(retiring);
  }
}
