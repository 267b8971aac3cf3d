package dev.clinicnet.operator.service;

import dev.clinicnet.operator.agent.LockSecret;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.endpoint.EndpointOwner;
import dev.clinicnet.operator.endpoint.StrayForwards;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.GrantedNames;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.HomeAccount;
import dev.clinicnet.operator.kubernetes.Possession;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.reference.ReferencedValues;
import dev.clinicnet.operator.reference.Resolved;
import dev.clinicnet.operator.reference.TerminationReferences;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a decision on one ClinicService depends on.
 *
 * @param status its last status, with everything that this pass has written
 * @param grant the grant of its namespace
 * @param notGranted the refusal of what it asks for without a grant; empty if there is none
 * @param clinicNotGranted the same for its Clinic
 * @param clinic its Clinic as {@link SeenClinic} has it, terminating or not; empty when there is
 *     none
 * @param siblings the services of the same Clinic, including itself
 * @param hostClinics Clinics that claim its public host, or hold a domain above it exclusively
 * @param hostServices services that claim its public host, including itself
 * @param sessions all ClinicSessions that name it
 * @param termination the certificates with which the agent ends its TLS
 * @param lock the keys of its internal lock, and what the site kit demands; only as the cache has
 *     them if it has no lock
 * @param endpointsBegun when the last list of endpoints began; empty before the first one
 * @param references reads the other objects that its manifest refers to
 * @param holders finds the holders of the names that it asks for
 * @param freshNonce an unused nonce, for an address that may have to be reserved
 * @param lane the urgency of its changes
 */
record ServiceObservation(
    ClinicService service,
    ClinicServiceStatus status,
    Settings settings,
    Inventory inventory,
    Grant grant,
    Optional<Verdict> notGranted,
    Optional<Verdict> clinicNotGranted,
    Optional<Clinic> clinic,
    Collection<ClinicService> siblings,
    Collection<Clinic> hostClinics,
    Collection<ClinicService> hostServices,
    Collection<ClinicSession> sessions,
    Resolved<TLSTermination> termination,
    LockSecret lock,
    Optional<Instant> endpointsBegun,
    ReferencedValues references,
    Holders holders,
    String freshNonce,
    Lane lane,
    Instant now) {

  ServiceObservation {
    clinic = clinic.map(SeenClinic::of);
  }

  /** Reads everything. */
  static ServiceObservation of(
      ClinicService service,
      ClinicServiceStatus status,
      Cluster cluster,
      Settings settings,
      Inventory inventory,
      Optional<Instant> endpointsBegun,
      String freshNonce,
      Clock clock) {
    String namespace = service.getMetadata().getNamespace();
    Optional<String> host = ServiceNames.publicHost(service);
    GrantedNames names = new GrantedNames(cluster, inventory, settings);
    Optional<Clinic> clinic = clinic(service, cluster);
    LockSecret lock = lock(service, status, clinic, cluster);
    // What the Secret says is true at this time at the latest.
    Instant now = clock.instant();
    return new ServiceObservation(
        service,
        status,
        settings,
        inventory,
        cluster.grant(HomeAccount.of(service, clinic), namespace),
        names.problem(service),
        clinic.flatMap(names::problem),
        clinic,
        cluster.servicesBy(ClaimKeys.clinic(namespace, service.getSpec().clinicRef().name())),
        host.map(name -> HostRivals.clinicsAround(name, cluster, names)).orElse(List.of()),
        host.map(name -> HostRivals.servicesAt(name, cluster, names)).orElse(List.of()),
        cluster.sessionsBy(ClaimKeys.service(namespace, service.getMetadata().getName())),
        TerminationReferences.resolve(service, cluster, now),
        lock,
        endpointsBegun,
        new ReferencedValues(cluster, namespace),
        new Holders(cluster),
        freshNonce,
        lane(service),
        now);
  }

  /**
   * The keys as the cache has them, or as the API server has them if the lock needs them and the
   * Clinic names others. Before a lock is released, the whole site kit as the API server has it.
   */
  private static LockSecret lock(
      ClinicService service, ClinicServiceStatus status, Optional<Clinic> clinic, Cluster cluster) {
    if (service.isMarkedForDeletion()
        || clinic.filter(its -> !its.isMarkedForDeletion()).isEmpty()) {
      return LockSecret.NONE;
    }
    boolean used = InternalLockDecision.usesVault(service.getSpec());
    boolean ends = !used && status.internalLock() != null;
    String namespace = clinic.get().getMetadata().getNamespace();
    String name = ClinicNames.siteKitSecret(clinic.get());
    String path = ClinicNames.path(clinic.get());
    if (!ends) {
      LockSecret cached = LockSecret.ofCached(cluster.cachedSecret(namespace, name), path);
      if (!used || cached.hasKeys(InternalLockDecision.lockID(clinic.get()))) {
        return cached;
      }
    }
    return LockSecret.of(cluster.secret(namespace, name), path);
  }

  /**
   * A Clinic that is abandoned during its deletion leaves everything, as if it were already gone.
   */
  static Optional<Clinic> clinic(ClinicService service, Cluster cluster) {
    return cluster
        .clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name())
        .filter(
            clinic ->
                clinic.getMetadata().getDeletionTimestamp() == null
                    || !Annotations.isAbandoned(clinic))
        .map(SeenClinic::of);
  }

  private static Lane lane(ClinicService service) {
    Long observed = ClinicServiceStatus.of(service).observedGeneration();
    boolean changed = observed != null && !observed.equals(service.getMetadata().getGeneration());
    // A user waits for a session. An on-demand service that is not open has nothing else to do.
    boolean awaited = isOnDemand(service) || ServiceQuarantine.wasSaidOf(service);
    return changed || awaited ? Lane.CHANGE : Lane.BULK;
  }

  private static boolean isOnDemand(ClinicService service) {
    ClinicServiceSpec spec = service.getSpec();
    return spec.availability() == Availability.OnDemand && spec.expose() != null;
  }

  /** Whether it is on demand. */
  boolean isOnDemand() {
    return isOnDemand(service);
  }

  /** Whether its internal endpoint also exists only while a session is open. */
  boolean opensThroughAgent() {
    return isOnDemand() && service.getSpec().onDemand().via() == Via.AgentAPI;
  }

  /** The endpoint that the agent was asked to bind, by its name at the agent. */
  Optional<String> agentEndpoint() {
    return Optional.ofNullable(status.onDemand()).map(OnDemandStatus::agentEndpoint);
  }

  /** The sessions for which it must be open now, if it is on demand. */
  SessionWindow window() {
    return SessionWindow.of(sessions, now);
  }

  /** Whether it is closed because there is no session, or because no session counts now. */
  boolean isShut() {
    return isOnDemand() && (window().isShut() || isQuarantined());
  }

  /** Whether its Clinic's site is cut off. */
  boolean isQuarantined() {
    return clinic.filter(Annotations::isQuarantined).isPresent();
  }

  /**
   * Whether its grant, or that of its Clinic, was revoked, so that the public endpoint is taken
   * down.
   */
  boolean isRevoked() {
    boolean clinicRefused =
        clinic
            .map(Clinic::getStatus)
            .filter(
                known ->
                    Conditions.says(known.conditions(), ConditionType.Accepted, Reason.NotGranted))
            .isPresent();
    return grant.closesRevoked()
        && (notGranted.isPresent() || clinicNotGranted.isPresent() || clinicRefused);
  }

  Owner owner() {
    return Owner.of(service);
  }

  /** The mark of objects that belong to this service. */
  Mark mark() {
    return mark(service, settings);
  }

  static Mark mark(ClinicService service, Settings settings) {
    return Mark.of(
        settings.instance(),
        Owner.of(service),
        service.getMetadata().getUid(),
        service.getSpec().clinicRef().name());
  }

  /**
   * The cloud endpoints of this service, by their mark, or by the id in the status if somebody has
   * removed the mark. There is more than one only after a failure.
   */
  List<Endpoint> endpoints() {
    return endpointOwner().endpoints(status.endpoint() == null ? null : status.endpoint().id());
  }

  /** The rule for its endpoints that forward to a forbidden URL. */
  StrayForwards strays() {
    String clinicName = service.getSpec().clinicRef().name();
    return new StrayForwards(
        url -> holders.mayForwardTo(url, service.getMetadata().getNamespace(), clinicName));
  }

  /** The service's mark on an object; empty if it carries another mark or none. */
  Optional<Mark> ownMark(RemoteObject row) {
    return possession().ownMark(row);
  }

  /** The same mark, or the mark that the object must get. */
  Mark markOr(RemoteObject row) {
    return ownMark(row).orElse(mark());
  }

  /** What it may take over at ngrok. */
  Possession possession() {
    return new Possession(settings.instance(), service, grant, holders, settings.undoWindow());
  }

  EndpointOwner endpointOwner() {
    return new EndpointOwner(possession(), mark(), inventory, lane);
  }

  /** The addresses that were reserved for this service, by mark or by the id in the status. */
  List<ReservedAddr> addresses() {
    // An address without a nonce was named by the manifest, so it belongs to somebody else.
    return possession()
        .own(
            inventory,
            Resource.RESERVED_ADDRS,
            Optional.ofNullable(status.address())
                .filter(known -> known.nonce() != null)
                .map(AddressStatus::id)
                .stream()
                .toList());
  }

  /** The services that ask for the address that it names, or have it, including itself. */
  Collection<ClinicService> addressServices() {
    return holders
        .manifests()
        .servicesBy(ClaimKeys.address(service.getSpec().expose().tcp().address()));
  }

  /** The secrets of the service in the vault, by its mark or by the ids in the status. */
  List<VaultSecret> vaultSecrets() {
    return possession()
        .own(
            inventory,
            Resource.VAULT_SECRETS,
            status.vaultSecrets().stream().map(VaultSecretStatus::id).toList());
  }

  /** The internal URL that the manifest asks for. */
  String wantedInternalURL() {
    return ServiceNames.internalURL(service, internalDomain());
  }

  /** The internal domain that its Clinic has now. */
  String internalDomain() {
    return ClinicNames.internalDomain(clinic.orElseThrow());
  }

  /** The Clinic's deletion policy, also after the Clinic is gone. */
  DeletionPolicy deletionPolicy() {
    return clinic
        .map(c -> c.getSpec().deletionPolicy())
        .or(() -> Optional.ofNullable(status.deletionPolicy()))
        .orElse(DeletionPolicy.Delete);
  }

  /**
   * Whether its public endpoint is taken down: with the service, with its Clinic, or with its last
   * session.
   */
  boolean mustBeClosed() {
    boolean going =
        service.isMarkedForDeletion() || clinic.filter(Clinic::isMarkedForDeletion).isPresent();
    return isShut() || (going && (isOnDemand() || deletionPolicy() == DeletionPolicy.Delete));
  }
}
