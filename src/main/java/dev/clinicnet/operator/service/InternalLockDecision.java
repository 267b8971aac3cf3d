package dev.clinicnet.operator.service;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockNote;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The secret that the public endpoint sends to the lock of the internal endpoint. The vault has its
 * value, so the policy has only a reference. The secret changes only to one that every agent which
 * binds the internal endpoint admits, and it does so if an agent refuses the one that is sent. A
 * lock that is off is released in three steps: the published site kit no longer demands the secret,
 * the status says since when, and a list of the endpoints that began later shows that no agent
 * demands it. So no agent of a published kit is missed. The secret is sent again if an agent
 * demands it later, because a technician may install an older kit.
 *
 * @param entry the secret for the vault; empty when the public endpoint sends none
 * @param admitted what opens the lock of each agent's endpoint at the internal URL; empty lists for
 *     those without a lock
 */
record InternalLockDecision(
    ServiceObservation o, Optional<VaultEntry> entry, List<List<String>> admitted) {
  static final String PURPOSE = "internal-lock";

  private static final Set<Reason> UNSENT =
      EnumSet.of(Reason.LockPending, Reason.LockRefusesRequests);

  /** How long to wait for a Secret that another controller has just written. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** How long to wait for what usually wakes the service, if it did not. Nobody waits for it. */
  private static final Duration LATER = Duration.ofMinutes(1);

  static InternalLockDecision of(ServiceObservation o, InternalEndpoint internal) {
    List<List<String>> admitted =
        InternalEndpoint.binding(o, internal.url()).stream()
            .map(endpoint -> LockNote.admitted(endpoint.metadata()))
            .toList();
    InternalLockDecision undecided = new InternalLockDecision(o, Optional.empty(), admitted);
    return new InternalLockDecision(o, undecided.decide(), admitted);
  }

  /** Whether a service has a secret in the vault, or gets one. */
  static boolean usesVault(ClinicServiceSpec spec) {
    return spec.locked() && isOnRequests(spec);
  }

  private static boolean isOnRequests(ClinicServiceSpec spec) {
    return spec.expose() != null && spec.expose().https() != null;
  }

  /** Whether an agent refuses requests that do not carry a secret. */
  boolean isDemanded() {
    return admitted.stream().anyMatch(opening -> !opening.isEmpty());
  }

  /** The reference to the secret in a policy; null when none is sent. */
  String reference() {
    return entry.isEmpty()
        ? null
        : VaultNames.reference(VaultNames.vault(o.settings().instance()), name(o));
  }

  /**
   * The status of the secret.
   *
   * @param settled whether the vault and the public endpoint are as decided
   */
  InternalLockStatus status(boolean settled) {
    InternalLockStatus last = o.status().internalLock();
    if (settled) {
      return entry.map(its -> new InternalLockStatus(its.version(), offSince())).orElse(null);
    }
    // The site kit may demand the secret of a lock that is on again only when it is sent.
    return last == null || usesVault(o.service().getSpec())
        ? last
        : new InternalLockStatus(last.sends(), offSince());
  }

  /** Whether a lock was switched off since the last status, so that the endpoints are listed. */
  static boolean awaitsList(InternalLockStatus now, InternalLockStatus before) {
    return now != null
        && now.offSince() != null
        && (before == null || !now.offSince().equals(before.offSince()));
  }

  /**
   * The verdict for a service with a lock, or with an agent that refuses clients because of a lock
   * that is off; empty for others.
   *
   * @param sends what the public endpoint sends; null while it sends nothing
   */
  Optional<Verdict> verdict(InternalLockStatus sends) {
    if (!o.service().getSpec().locked()) {
      return isOnRequests(o.service().getSpec()) && isRefused(sends)
          ? Optional.of(
              Verdict.no(
                  Reason.LockRefusesRequests,
                  "An agent refuses the requests of clients, because its site kit has a lock that"
                      + " is off now. Install the present site kit of the Clinic at every agent,"
                      + " and restart the agent."))
          : Optional.empty();
    }
    if (admitted.isEmpty()) {
      return Optional.of(
          Verdict.unknown(
              Reason.NoAgent, "Unknown: no agent binds the internal endpoint, so it is closed."));
    }
    if (usesVault(o.service().getSpec()) && isRefused(sends)) {
      return Optional.of(
          Verdict.no(
              Reason.LockRefusesRequests,
              sends == null
                  ? "An agent refuses the requests of clients, because the public endpoint does not"
                      + " send the secret that the agent demands."
                  : "An agent refuses the requests of clients, because its site kit does not admit"
                      + " the secret that the public endpoint sends. Install the present site kit"
                      + " of the Clinic at every agent, and restart the agent."));
    }
    boolean demanded = admitted.stream().noneMatch(List::isEmpty);
    if (demanded && rotationWaits()) {
      return Optional.of(
          Verdict.yes(
              Reason.LockRotationWaits,
              "The agent refuses requests that did not pass the public endpoint. A rotation of the"
                  + " secret waits until every agent runs the present site kit of the Clinic."));
    }
    if (demanded) {
      Verdict inForce =
          Verdict.yes(
              Reason.LockInForce,
              usesVault(o.service().getSpec())
                  ? "The agent refuses requests that did not pass the public endpoint."
                  : "The agent demands client certificates.");
      List<String> others = notRotated();
      return Optional.of(
          others.isEmpty()
              ? inForce
              : inForce.and(
                  "A rotation of the secret waits for other services of the Clinic: "
                      + String.join(", ", others)
                      + "."));
    }
    return Optional.of(
        usesVault(o.service().getSpec()) && sends == null
            ? Verdict.no(
                Reason.LockPending,
                "The public endpoint does not send the secret yet, so the site kit does not demand"
                    + " it.")
            : Verdict.no(
                Reason.LockNotInstalled,
                "An agent binds the internal endpoint without the lock. Install the present site"
                    + " kit of the Clinic at every agent, and restart the agent."));
  }

  /** Whether an agent demands another secret than the one that is sent. */
  private boolean isRefused(InternalLockStatus sends) {
    return admitted.stream()
        .filter(opening -> !opening.isEmpty())
        .anyMatch(opening -> sends == null || !opening.contains(sends.sends()));
  }

  /** Says why nothing is sent yet, if somebody must do something about it. */
  static void explain(Assessment assessment) {
    Optional<Verdict> cause =
        assessment
            .get(ConditionType.Programmed)
            .filter(verdict -> !verdict.isTrue())
            .filter(verdict -> verdict.reason().waits() == Reason.Waits.SOMEBODY);
    assessment
        .get(ConditionType.InternalLocked)
        .filter(verdict -> UNSENT.contains(verdict.reason()) && cause.isPresent())
        .ifPresent(
            verdict ->
                assessment.replace(
                    ConditionType.InternalLocked, verdict.and(cause.get().message())));
  }

  /**
   * When to look again for keys that the status of the Clinic names, or for the site kit or the
   * list that a release waits for. Nothing becomes of a suspended Clinic's kit.
   */
  Optional<Instant> requeueAt() {
    Clinic clinic = o.clinic().orElseThrow();
    boolean on = usesVault(o.service().getSpec());
    if (on && !o.lock().hasKeys(lockID(clinic))) {
      return Optional.of(o.now().plus(SOON));
    }
    boolean waits = !on && entry.isPresent() && !isDemanded() && !isListedSinceOff();
    return waits && !clinic.getSpec().suspend()
        ? Optional.of(o.now().plus(LATER))
        : Optional.empty();
  }

  /** The name of the keys in the status of a Clinic; null while it has none. */
  static String lockID(Clinic clinic) {
    SiteKitStatus kit = ClinicStatus.of(clinic).siteKit();
    return kit == null ? null : kit.lockID();
  }

  private Optional<VaultEntry> decide() {
    ClinicServiceSpec spec = o.service().getSpec();
    Optional<String> sent = sent();
    // A status that names no secret any more says that the release is complete.
    boolean unused = o.status().internalLock() == null ? !isDemanded() : isReleased();
    if (!isOnRequests(spec) || (!spec.locked() && unused)) {
      return Optional.empty();
    }
    Optional<LockKeys> keys = o.lock().keys();
    if (keys.isEmpty()) {
      return sent.map(version -> VaultEntry.kept(PURPOSE, version));
    }
    SecretValue present = keys.get().present(path());
    SecretValue following = keys.get().following(path());
    Optional<SecretValue> opening =
        Stream.of(present, following).filter(this::allAdmit).findFirst();
    if (sent.isEmpty()) {
      return opening
          .or(() -> Optional.of(present).filter(secret -> spec.locked() || !isDemanded()))
          .map(InternalLockDecision::entry);
    }
    if (isRotationAsked() && allDemand(following)) {
      return Optional.of(entry(following));
    }
    if (isRefused(new InternalLockStatus(sent.get())) && opening.isPresent()) {
      return opening.map(InternalLockDecision::entry);
    }
    // Else the keys are new. An agent that is not listed yet may have a kit of before.
    return Stream.of(following, present)
        .filter(secret -> isSent(secret, sent))
        .findFirst()
        .or(() -> Stream.of(present, following).filter(this::allDemand).findFirst())
        .map(InternalLockDecision::entry)
        .or(() -> Optional.of(VaultEntry.kept(PURPOSE, sent.get())));
  }

  /**
   * Which secret the vault has: its mark says so. A status says so if somebody has removed the
   * mark, or has written another text into it. Nobody may make a site kit admit a secret in this
   * way.
   */
  private Optional<String> sent() {
    Optional<VaultSecret> there =
        o.vaultSecrets().stream().filter(secret -> secret.name().equals(name(o))).findFirst();
    Optional<String> said =
        Optional.ofNullable(o.status().internalLock()).map(InternalLockStatus::sends);
    return there.isEmpty() && o.inventory().isKnown(Resource.VAULT_SECRETS)
        ? Optional.empty()
        : there
            .flatMap(Mark::on)
            .map(Mark::version)
            .filter(version -> said.filter(version::equals).isPresent() || isOurs(version))
            .or(() -> said);
  }

  /** Whether a secret is made from the keys, or is one that a site kit admitted already. */
  private boolean isOurs(String version) {
    return o.lock().keys().filter(keys -> keys.hashes(path()).contains(version)).isPresent()
        || admitted.stream().anyMatch(opening -> opening.contains(version));
  }

  /**
   * Whether an agent admits a secret that the present site kit no longer admits, or does not admit
   * the next one yet although a rotation is asked for.
   */
  private boolean rotationWaits() {
    Optional<LockKeys> keys = o.lock().keys();
    if (keys.isEmpty() || !usesVault(o.service().getSpec())) {
      return false;
    }
    List<String> present = keys.get().hashes(path());
    return (isRotationAsked() && !allDemand(keys.get().following(path())))
        || admitted.stream().anyMatch(opening -> !present.containsAll(opening));
  }

  /**
   * The other services that do not send their next secret yet, although a rotation is asked for.
   */
  private List<String> notRotated() {
    Optional<LockKeys> keys = o.lock().keys();
    if (keys.isEmpty() || !usesVault(o.service().getSpec()) || !isRotationAsked()) {
      return List.of();
    }
    return o.siblings().stream()
        .filter(other -> !other.isMarkedForDeletion() && usesVault(other.getSpec()))
        .filter(other -> !Owner.of(other).equals(o.owner()))
        .filter(
            other ->
                !isSent(
                    keys.get().following(ClinicNames.path(other)),
                    InternalLockStatus.sentBy(other)))
        .map(other -> other.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** Whether no installed site kit can demand the secret any more. */
  private boolean isReleased() {
    boolean wasInstalled = o.status().internalBoundAt() != null;
    return isListedSinceOff() && !isDemanded() && (!wasInstalled || !admitted.isEmpty());
  }

  /**
   * Whether the endpoints were listed after the published site kit had lost the lock. An agent that
   * was started with a kit of before is in such a list.
   */
  private boolean isListedSinceOff() {
    Optional<Instant> since = Timestamps.parse(offSince());
    return since.isPresent() && o.endpointsBegun().filter(since.get()::isBefore).isPresent();
  }

  /**
   * Since when the published site kit has no lock for the service, and gets none; null while it may
   * have one.
   */
  private String offSince() {
    InternalLockStatus last = o.status().internalLock();
    if (usesVault(o.service().getSpec()) || last == null || !o.lock().admitsNone(hashes(last))) {
      return null;
    }
    return last.offSince() == null ? o.now().toString() : last.offSince();
  }

  /** Every secret of the service that a site kit may admit. */
  private List<String> hashes(InternalLockStatus last) {
    return Stream.concat(
            Stream.of(last.sends()),
            o.lock().keys().stream().flatMap(keys -> keys.hashes(path()).stream()))
        .toList();
  }

  private boolean isRotationAsked() {
    return o.clinic()
        .flatMap(clinic -> Annotations.get(clinic, Annotations.ROTATE_INTERNAL_LOCK))
        .filter(text -> !text.isBlank())
        .filter(text -> o.lock().rotated().filter(text::equals).isEmpty())
        .isPresent();
  }

  private boolean allDemand(SecretValue secret) {
    String hash = LockKeys.hash(secret);
    return !admitted.isEmpty() && admitted.stream().allMatch(opening -> opening.contains(hash));
  }

  /** An endpoint without a lock admits every request. */
  private boolean allAdmit(SecretValue secret) {
    String hash = LockKeys.hash(secret);
    return !admitted.isEmpty()
        && admitted.stream().allMatch(opening -> opening.isEmpty() || opening.contains(hash));
  }

  private static boolean isSent(SecretValue secret, Optional<String> sent) {
    return sent.filter(LockKeys.hash(secret)::equals).isPresent();
  }

  private static VaultEntry entry(SecretValue secret) {
    return new VaultEntry(PURPOSE, LockKeys.hash(secret), secret);
  }

  private static String name(ServiceObservation o) {
    return VaultNames.secret(o.owner(), PURPOSE);
  }

  private String path() {
    return ClinicNames.path(o.service());
  }
}
