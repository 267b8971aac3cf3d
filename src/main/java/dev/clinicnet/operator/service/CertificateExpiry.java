package dev.clinicnet.operator.service;

import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the certificates that a service refers to last for a while yet. */
final class CertificateExpiry {
  /** How long before it somebody is told. */
  static final Duration NOTICE = Duration.ofDays(30);

  private CertificateExpiry() {}

  /**
   * Says so, and returns when there will be something else to say.
   *
   * @param expiry of the first certificate, in the future; empty without any
   */
  static Optional<Instant> judge(Optional<Instant> expiry, Instant now, Assessment assessment) {
    return expiry.map(
        end -> {
          boolean soon = !now.isBefore(end.minus(NOTICE));
          assessment.put(
              ConditionType.CertificatesCurrent,
              soon
                  ? Verdict.no(
                      Reason.CertificateExpiring,
                      "A certificate that the service refers to expires at "
                          + end
                          + ". Store its successor before that.")
                  : Verdict.yes(
                      Reason.CertificatesCurrent, "The first certificate expires at " + end + "."));
          return soon ? end.plusSeconds(1) : end.minus(NOTICE);
        });
  }
}
