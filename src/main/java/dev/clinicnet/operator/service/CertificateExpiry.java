package dev.clinicnet.operator.service;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reference.ReferenceProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks whether the certificates that a service refers to stay valid for some time. */
final class CertificateExpiry {
  /** How long before the expiry the condition changes. */
  static final Duration NOTICE = Duration.ofDays(30);

  private CertificateExpiry() {}

  /**
   * The expiry of the first certificate that a service refers to, whether its manifest is accepted
   * or not; empty without certificates, or when one of them cannot be read.
   */
  static Optional<Instant> first(ServiceObservation o) {
    if (o.termination().problem().isPresent()) {
      return Optional.empty();
    }
    try {
      return Outcome.earliest(
          ResolvedAccess.Reader.of(o).expiry(o.service().getSpec().access()),
          o.termination().value().map(TLSTermination::earliestExpiry));
    } catch (ReferenceProblem e) {
      return Optional.empty();
    }
  }

  /**
   * Records the verdict, and returns the time at which it will change.
   *
   * @param expiry the expiry of the first certificate, in the future; empty without certificates
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
