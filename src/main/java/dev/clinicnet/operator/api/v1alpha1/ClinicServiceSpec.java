package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What a platform team asks for one service. A null {@code expose} means internal only. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClinicServiceSpec(
    ClinicRef clinicRef,
    Upstream upstream,
    String internalURL,
    Expose expose,
    Availability availability,
    Access access) {

  public ClinicServiceSpec {
    availability = availability == null ? Availability.Always : availability;
    access = access == null ? Access.ANYBODY : access;
  }
}
