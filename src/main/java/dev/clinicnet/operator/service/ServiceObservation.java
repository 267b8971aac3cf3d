package dev.clinicnet.operator.service;

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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a decision on one ClinicService rests on.
 *
 * @param status its last status, with what this pass wrote down already
 * @param grant what its namespace may hold at ngrok
 * @param notGranted what it asks for beyond that, if anything
 * @param clinicNotGranted the same of its Clinic
 * @param clinic its Clinic, terminating or not; empty when there is none
 * @param siblings the services of the same Clinic, itself included
 * @param hostClinics Clinics that claim its public host, or hold a domain above it for themselves
 * @param hostServices services that claim its public host, itself included
 * @param sessions the ClinicSessions that name it, whatever became of them
 * @param termination the certificates with which the agent ends its TLS
 * @param references reads what else its manifest refers to
 * @param holders finds who has what it asks for
 * @param freshNonce a nonce that nobody has used, for an address that may have to be reserved
 * @param lane how urgent its changes are
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
    ReferencedValues references,
    Holders holders,
    String freshNonce,
    Lane lane,
    Instant now) {

  /** Looks at everything. */
  static ServiceObservation of(
      ClinicService service,
      ClinicServiceStatus status,
      Cluster cluster,
      Settings settings,
      Inventory inventory,
      String freshNonce,
      Instant now) {
    String namespace = service.getMetadata().getNamespace();
    Optional<String> host = ServiceNames.publicHost(service);
    GrantedNames names = new GrantedNames(cluster, inventory, settings);
    return new ServiceObservation(
        service,
        status,
        settings,
        inventory,
        cluster.grant(namespace),
        names.problem(service),
        clinic(service, cluster).flatMap(names::problem),
        clinic(service, cluster),
        cluster.servicesBy(ClaimKeys.clinic(namespace, service.getSpec().clinicRef().name())),
        host.map(name -> HostRivals.clinicsAround(name, cluster, names)).orElse(List.of()),
        host.map(name -> HostRivals.servicesAt(name, cluster, names)).orElse(List.of()),
        cluster.sessionsBy(ClaimKeys.service(namespace, service.getMetadata().getName())),
        TerminationReferences.resolve(service, cluster, now),
        new ReferencedValues(cluster, namespace),
        new Holders(cluster),
        freshNonce,
        lane(service),
        now);
  }

  /** A Clinic that is abandoned while it goes leaves everything: as if it were gone already. */
  static Optional<Clinic> clinic(ClinicService service, Cluster cluster) {
    return cluster
        .clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name())
        .filter(
            clinic ->
                clinic.getMetadata().getDeletionTimestamp() == null
                    || !Annotations.isAbandoned(clinic));
  }

  private static Lane lane(ClinicService service) {
    Long observed = service.getStatus() == null ? null : service.getStatus().observedGeneration();
    boolean changed = observed != null && !observed.equals(service.getMetadata().getGeneration());
    // Somebody waits for a session; what is on demand and not open has nothing else to do.
    boolean awaited = isOnDemand(service) || ServiceQuarantine.wasSaidOf(service);
    return changed || awaited ? Lane.CHANGE : Lane.BULK;
  }

  private static boolean isOnDemand(ClinicService service) {
    ClinicServiceSpec spec = service.getSpec();
    return spec.availability() == Availability.OnDemand && spec.expose() != null;
  }

  /** Whether sessions open it. */
  boolean isOnDemand() {
    return isOnDemand(service);
  }

  /** Whether its internal endpoint too is there only while a session is open. */
  boolean opensThroughAgent() {
    return isOnDemand() && service.getSpec().onDemand().via() == Via.AgentAPI;
  }

  /** What the agent has been asked to bind, by the name that the agent has for it. */
  Optional<String> agentEndpoint() {
    return Optional.ofNullable(status.onDemand()).map(OnDemandStatus::agentEndpoint);
  }

  /** For whom it is to be open now, where sessions open it. */
  SessionWindow window() {
    return SessionWindow.of(sessions, now);
  }

  /** Whether it is closed for want of a session, or because no session counts now. */
  boolean isShut() {
    return isOnDemand() && (window().isShut() || isQuarantined());
  }

  /** Whether its Clinic's site is cut off. */
  boolean isQuarantined() {
    return clinic.filter(Annotations::isQuarantined).isPresent();
  }

  /** Whether its grant, or its Clinic's, has gone and takes the public endpoint with it. */
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

  /** The mark of what belongs to this service. */
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
   * The cloud endpoints of this service, more than one only after a mishap: by their mark; and by
   * the id in the status, should somebody have removed the mark.
   */
  List<Endpoint> endpoints() {
    return endpointOwner().endpoints(status.endpoint() == null ? null : status.endpoint().id());
  }

  /** Which of its endpoints lead where they may not. */
  StrayForwards strays() {
    String clinicName = service.getSpec().clinicRef().name();
    return new StrayForwards(
        url -> holders.mayForwardTo(url, service.getMetadata().getNamespace(), clinicName));
  }

  /** The service's mark on something; empty where it carries another, or none. */
  Optional<Mark> ownMark(RemoteObject row) {
    return possession().ownMark(row);
  }

  /** The same, or the one that it is to carry. */
  Mark markOr(RemoteObject row) {
    return ownMark(row).orElse(mark());
  }

  /** What it may have of what is at ngrok already. */
  Possession possession() {
    return new Possession(settings.instance(), service, grant, holders, settings.undoWindow());
  }

  EndpointOwner endpointOwner() {
    return new EndpointOwner(possession(), mark(), inventory, lane);
  }

  /** The addresses that were reserved for this service: by mark, else by the id in the status. */
  List<ReservedAddr> addresses() {
    // Without a nonce it was named by the manifest: somebody else's.
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

  /** The services that ask for the address that it names, or have it; itself included. */
  Collection<ClinicService> addressServices() {
    return holders
        .manifests()
        .servicesBy(ClaimKeys.address(service.getSpec().expose().tcp().address()));
  }

  /** What the service has in the vault: by its mark, else by the ids in the status. */
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

  /** The Clinic's deletion policy, also after the Clinic has gone. */
  DeletionPolicy deletionPolicy() {
    return clinic
        .map(c -> c.getSpec().deletionPolicy())
        .or(() -> Optional.ofNullable(status.deletionPolicy()))
        .orElse(DeletionPolicy.Delete);
  }

  /** Whether its public endpoint goes: with it, with its Clinic, or with its last session. */
  boolean mustBeClosed() {
    boolean going =
        service.isMarkedForDeletion() || clinic.filter(Clinic::isMarkedForDeletion).isPresent();
    return isShut() || (going && (isOnDemand() || deletionPolicy() == DeletionPolicy.Delete));
  }
}
