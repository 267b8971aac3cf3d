package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** How the site's agent connects, and what it is given. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicAgent(
    String connectURL, boolean redundant, SiteKit siteKit, Authtoken authtoken, AgentAPI api) {

  static final ClinicAgent DEFAULT = new ClinicAgent(null, false, null, null, null);

  public ClinicAgent {
    authtoken = authtoken == null ? Authtoken.DEFAULT : authtoken;
  }
}
