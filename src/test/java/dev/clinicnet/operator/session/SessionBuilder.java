package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceRef;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.claim.ObjectBuilder;

/** A ClinicSession for a test; of an hour, of the service {@code web}. */
public final class SessionBuilder extends ObjectBuilder<SessionBuilder> {
  private String service = "web";
  private String duration = "1h";
  private String reason;
  private ClinicSessionStatus status;

  private SessionBuilder(String name) {
    super(name, "2026-03-01T00:00:00Z");
  }

  @Override
  protected SessionBuilder self() {
    return this;
  }

  public static SessionBuilder session(String name) {
    return new SessionBuilder(name);
  }

  public SessionBuilder of(String name) {
    service = name;
    return this;
  }

  public SessionBuilder duration(String text) {
    duration = text;
    return this;
  }

  public SessionBuilder because(String text) {
    reason = text;
    return this;
  }

  public SessionBuilder status(ClinicSessionStatus last) {
    status = last;
    return this;
  }

  /** Accepted, and not open yet. */
  public SessionBuilder accepted(String expiresAt) {
    return status(
        new ClinicSessionStatus(
            1L, null, SessionPhase.Pending, "ann", null, null, expiresAt, null));
  }

  /** Open since its creation. */
  public SessionBuilder open(String expiresAt) {
    return status(
        new ClinicSessionStatus(
            1L,
            null,
            SessionPhase.Open,
            "ann",
            "https://web.api.com",
            "2026-03-01T00:00:00Z",
            expiresAt,
            null));
  }

  /** Closed at this moment. */
  public SessionBuilder closed(String closedAt) {
    return status(
        new ClinicSessionStatus(
            1L,
            null,
            SessionPhase.Closed,
            "ann",
            null,
            "2026-03-01T00:00:00Z",
            "2026-03-01T01:00:00Z",
            closedAt));
  }

  public ClinicSession build() {
    ClinicSession session = new ClinicSession();
    session.setMetadata(metadata());
    session.setSpec(new ClinicSessionSpec(new ServiceRef(service), duration, reason));
    session.setStatus(status);
    return session;
  }
}
