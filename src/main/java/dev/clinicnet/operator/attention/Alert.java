package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The alerts that concern a state of one object, with the reasons for which they ring. The rules
 * are in {@code deploy/components/monitoring}. Each alert has a runbook of its name.
 */
public enum Alert {
  ClinicOperatorAPIKeyRejected(Reason.APIKeyRejected),
  ClinicOperatorAccountMismatch(Reason.AccountMismatch),
  ClinicOperatorInventoryStale(Reason.InventoryStale),
  ClinicOperatorBudgetExhausted(Reason.WaitingForBudget),
  ClinicOperatorDriftNotCorrected(Reason.DriftDetected),
  ClinicOperatorObjectNotReady(
      Reason.AgentUnreachable,
      Reason.Deleting,
      Reason.Pending,
      Reason.PlatformUnavailable,
      Reason.WaitingForAgentAPI,
      Reason.WaitingForDomain,
      Reason.WaitingForEndpoints,
      Reason.WaitingForName),
  ClinicOperatorAgentLost(Reason.AgentOffline, Reason.ConnectURLUnknown),
  ClinicOperatorEndpointsMissing(Reason.EndpointsMissing),
  ClinicOperatorUnexpectedAgent(Reason.UnexpectedAgent, Reason.UnexpectedEndpoint),
  ClinicOperatorSiteKitNotInstalled(Reason.SiteKitNotInstalled, Reason.SiteKitOutdated),
  ClinicOperatorCredentialLost(Reason.CredentialLost, Reason.AuthtokenLost),
  ClinicOperatorAgentOnOldToken(Reason.OverlapPassed),
  ClinicOperatorLockNotInstalled(Reason.LockNotInstalled, Reason.LockRotationWaits),
  ClinicOperatorLockRefusesRequests(Reason.LockRefusesRequests),
  ClinicOperatorDNSPending(Reason.DNSEndpointNotWritten, Reason.WaitingForDNS),
  ClinicOperatorCertificatePending(Reason.CertificateFailed, Reason.CertificatePending),
  ClinicOperatorCertificateExpires(Reason.CertificateExpiring),
  ClinicOperatorQuarantineForgotten(Reason.Quarantined),
  /** It rings for a session that is open past its time, which no condition says. */
  ClinicOperatorSessionOverdue(),
  /** It rings for every other reason for which an object is Stalled. */
  ClinicOperatorObjectStalled();

  /** For these, no alert rings: another object has its own, or somebody wanted it. */
  private static final Set<Reason> SILENT = Set.of(Reason.ClinicNotAccepted, Reason.Suspended);

  private static final Set<String> STALL = Set.of("Clinic", "ClinicService");

  @SuppressWarnings("ImmutableEnumChecker") // a list of List.of never changes
  private final List<Reason> reasons;

  Alert(Reason... reasons) {
    this.reasons = List.of(reasons);
  }

  /** The reasons that belong to this alert alone. */
  List<Reason> reasons() {
    return reasons;
  }

  /**
   * The alert that concerns a condition.
   *
   * @param kind the kind of its object
   * @param type empty if it is one of another version
   */
  static Optional<Alert> of(String kind, Optional<ConditionType> type, Reason reason) {
    Optional<Alert> own =
        Arrays.stream(values()).filter(alert -> alert.reasons.contains(reason)).findFirst();
    boolean stalls =
        STALL.contains(kind)
            && type.filter(ConditionType::isPartOfReady).isPresent()
            && reason.waits() == Reason.Waits.SOMEBODY
            && !SILENT.contains(reason);
    return own.or(() -> stalls ? Optional.of(ClinicOperatorObjectStalled) : Optional.empty());
  }
}
