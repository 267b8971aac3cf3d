package dev.clinicnet.operator.condition;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons of conditions. The names are part of the API: a status has them exactly as they are
 * here.
 */
public enum Reason implements EventReason {
  // Accepted
  Accepted(Waits.NOTHING),
  Invalid(Waits.SOMEBODY),
  NotGranted(Waits.SOMEBODY),
  AccountNotUsed(Waits.SOMEBODY),
  InternalDomainConflict(Waits.SOMEBODY),
  DomainConflict(Waits.SOMEBODY),
  DomainNotOwned(Waits.SOMEBODY),
  HostConflict(Waits.SOMEBODY),
  HostNotCovered(Waits.SOMEBODY),
  InternalURLConflict(Waits.SOMEBODY),
  EndpointNotOwned(Waits.SOMEBODY),
  AddressNotOwned(Waits.SOMEBODY),
  AddressConflict(Waits.SOMEBODY),
  SiteKitSecretConflict(Waits.SOMEBODY),
  AgentAPISecretConflict(Waits.SOMEBODY),
  AgentAPIMissing(Waits.SOMEBODY),
  VaultNotOwned(Waits.SOMEBODY),
  NotOnDemand(Waits.SOMEBODY),
  DurationTooLong(Waits.SOMEBODY),
  ReasonRequired(Waits.SOMEBODY),

  // ResolvedRefs
  ResolvedRefs(Waits.NOTHING),
  AccountNotFound(Waits.SOMEBODY),
  OtherAccount(Waits.SOMEBODY),
  APIKeyInUse(Waits.SOMEBODY),
  ClinicNotFound(Waits.SOMEBODY),
  ClinicDeleting(Waits.SOMEBODY),
  ClinicNotAccepted(Waits.SOMEBODY),
  AddressNotFound(Waits.SOMEBODY),
  ReferenceNotFound(Waits.SOMEBODY),
  InvalidReference(Waits.SOMEBODY),
  ServiceNotFound(Waits.SOMEBODY),

  // Programmed
  Programmed(Waits.NOTHING),
  InternalOnly(Waits.NOTHING),
  NoOpenSession(Waits.NOTHING),
  SessionOpen(Waits.NOTHING),
  SessionClosed(Waits.NOTHING),
  ServiceNotReady(Waits.TIME),
  Closing(Waits.TIME),
  NeverOpened(Waits.SOMEBODY),
  Pending(Waits.TIME),
  WaitingForDomain(Waits.TIME),
  WaitingForName(Waits.TIME),
  WaitingForBudget(Waits.TIME),
  WaitingForWave(Waits.TIME),
  WaveStopped(Waits.SOMEBODY),
  PlatformUnavailable(Waits.TIME),
  InventoryStale(Waits.TIME),
  APIKeyRejected(Waits.SOMEBODY),
  AccountLimitReached(Waits.SOMEBODY),
  RejectedByPlatform(Waits.SOMEBODY),
  PolicyRejected(Waits.SOMEBODY),
  AccountMismatch(Waits.SOMEBODY),
  SiteKitNotWritten(Waits.SOMEBODY),
  Quarantined(Waits.SOMEBODY),
  EndpointClosed(Waits.SOMEBODY),
  Suspended(Waits.SOMEBODY),
  DriftDetected(Waits.SOMEBODY),
  DriftCorrected(Waits.NOTHING),
  Deleting(Waits.TIME),
  WaitingForEndpoints(Waits.TIME),
  WaitingForAgentAPI(Waits.TIME),
  AgentUnreachable(Waits.TIME),
  AgentAPIRefused(Waits.SOMEBODY),
  RejectedByAgent(Waits.SOMEBODY),

  // DomainsReady
  DomainsReady(Waits.NOTHING),
  NoDomains(Waits.NOTHING),
  DomainsPending(Waits.TIME),
  CertificatePending(Waits.TIME),
  WaitingForDNS(Waits.SETUP),
  CertificateFailed(Waits.SOMEBODY),
  DNSEndpointNotWritten(Waits.SOMEBODY),

  // AgentOnline
  AgentConnected(Waits.NOTHING),
  EndpointBound(Waits.NOTHING),
  StartedOnDemand(Waits.NOTHING),
  UnexpectedAgent(Waits.SOMEBODY),
  UnexpectedEndpoint(Waits.SOMEBODY),
  EndpointsMissing(Waits.SOMEBODY),
  NeverConnected(Waits.SETUP),
  ConnectURLUnknown(Waits.SOMEBODY),
  AgentOffline(Waits.SOMEBODY),
  NeverBound(Waits.SETUP),
  EndpointNotBound(Waits.SOMEBODY),

  // CertificatesCurrent
  CertificatesCurrent(Waits.NOTHING),
  CertificateExpiring(Waits.SOMEBODY),

  // SiteKitCurrent
  SiteKitInstalled(Waits.NOTHING),
  SiteKitNotInstalled(Waits.SETUP),
  AuthtokenKept(Waits.SETUP),
  AuthtokenLost(Waits.SOMEBODY),
  CredentialLost(Waits.SOMEBODY),
  SiteKitOutdated(Waits.SOMEBODY),
  NoAgent(Waits.TIME),

  // AgentOnOldToken
  OverlapPassed(Waits.SOMEBODY),

  // InternalLocked
  LockInForce(Waits.NOTHING),
  LockPending(Waits.TIME),
  LockNotInstalled(Waits.SETUP),
  LockRefusesRequests(Waits.SOMEBODY),
  LockRotationWaits(Waits.SETUP),

  // Open
  Opened(Waits.NOTHING),
  NotOpenYet(Waits.TIME),
  Refused(Waits.SOMEBODY),
  Expired(Waits.NOTHING),
  Deleted(Waits.NOTHING),
  ServiceGone(Waits.NOTHING);

  /** What has to happen before the condition can improve. */
  public enum Waits {
    NOTHING,
    TIME,
    /** An ordinary step while a site is set up, such as to install the site kit. */
    SETUP,
    SOMEBODY
  }

  /** The fleet page looks up the conditions of a whole fleet, so a search would take long. */
  private static final Map<String, Reason> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Reason::name, Function.identity()));

  private final Waits waits;

  Reason(Waits waits) {
    this.waits = waits;
  }

  /** The reason of a name in a status; empty for one of another version of the operator. */
  public static Optional<Reason> parse(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** What has to happen before the condition can improve. */
  public Waits waits() {
    return waits;
  }
}
