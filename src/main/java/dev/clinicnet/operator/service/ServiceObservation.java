package dev.clinicnet.operator.service;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Access;
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
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.endpoint.EndpointOwner;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.reference.ReferencedValues;
import dev.clinicnet.operator.reference.References;
import dev.clinicnet.operator.reference.Resolved;
import dev.clinicnet.operator.reference.TerminationReferences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a decision on one ClinicService rests on.
 *
 * @param status its last status, with what this pass wrote down already
 * @param clinic its Clinic, terminating or not; empty when there is none
 * @param siblings the services of the same Clinic, itself included
 * @param hostClinics Clinics that claim its public host, or hold a domain above it for themselves
 * @param hostServices services that claim its public host, itself included
 * @param sessions the ClinicSessions that name it, whatever became of them
 * @param termination the certificates with which the agent ends its TLS
 * @param references reads what else its manifest refers to
 * @param freshNonce a nonce that nobody has used, for an address that may have to be reserved
 * @param lane how urgent its changes are
 */
record ServiceObservation(
    ClinicService service,
    ClinicServiceStatus status,
    Settings settings,
    Inventory inventory,
    Optional<Clinic> clinic,
    Collection<ClinicService> siblings,
    Collection<Clinic> hostClinics,
    Collection<ClinicService> hostServices,
    Collection<ClinicSession> sessions,
    Resolved<TLSTermination> termination,
    ReferencedValues references,
    String freshNonce,
    Lane lane,
    Instant now) {

  static final String KIND = "ClinicService";

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
    return new ServiceObservation(
        service,
        status,
        settings,
        inventory,
        clinic(service, cluster),
        cluster.servicesBy(ClaimKeys.clinic(namespace, service.getSpec().clinicRef().name())),
        host.map(name -> clinicsAround(name, cluster)).orElse(List.of()),
        host.map(name -> cluster.servicesBy(ClaimKeys.host(name))).orElse(List.of()),
        cluster.sessionsBy(ClaimKeys.service(namespace, service.getMetadata().getName())),
        TerminationReferences.resolve(service, cluster, now),
        new ReferencedValues(cluster, namespace),
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

  private static Collection<Clinic> clinicsAround(String host, Cluster cluster) {
    Map<String, Clinic> clinics = new LinkedHashMap<>();
    cluster
        .clinicsBy(ClaimKeys.host(host))
        .forEach(clinic -> clinics.put(ClinicNames.path(clinic), clinic));
    for (String suffix : DomainNames.suffixes(host)) {
      cluster
          .clinicsBy(ClaimKeys.exclusive(suffix))
          .forEach(clinic -> clinics.put(ClinicNames.path(clinic), clinic));
    }
    return clinics.values();
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

  Owner owner() {
    return new Owner(KIND, service.getMetadata().getNamespace(), service.getMetadata().getName());
  }

  /** The mark of what belongs to this service. */
  Mark mark() {
    return Mark.of(
        settings.instance(),
        owner(),
        service.getMetadata().getUid(),
        service.getSpec().clinicRef().name());
  }

  boolean isOurs(String metadata) {
    return Mark.parse(metadata).filter(mark -> mark.isOf(settings.instance(), owner())).isPresent();
  }

  /**
   * The cloud endpoints of this service, more than one only after a mishap: by their mark; and by
   * the id in the status, should somebody have removed the mark.
   */
  List<Endpoint> endpoints() {
    return endpointOwner().endpoints(status.endpoint() == null ? null : status.endpoint().id());
  }

  EndpointOwner endpointOwner() {
    return new EndpointOwner(service, mark(), inventory, lane);
  }

  /** The addresses that were reserved for this service: by mark, else by the id in the status. */
  List<ReservedAddr> addresses() {
    List<ReservedAddr> found = new ArrayList<>();
    inventory.lookUp(Resource.RESERVED_ADDRS, Keys.owner(owner())).stream()
        .filter(addr -> isOurs(addr.metadata()))
        .forEach(found::add);
    AddressStatus known = status.address();
    // Without a nonce it was named by the manifest: somebody else's.
    inventory
        .byID(Resource.RESERVED_ADDRS, known == null || known.nonce() == null ? null : known.id())
        .optional()
        .filter(addr -> Mark.parse(addr.metadata()).isEmpty())
        .ifPresent(found::add);
    return found;
  }

  /** What the service has in the vault: by its mark, else by the ids in the status. */
  List<VaultSecret> vaultSecrets() {
    List<VaultSecret> found = new ArrayList<>();
    inventory.lookUp(Resource.VAULT_SECRETS, Keys.owner(owner())).stream()
        .filter(secret -> isOurs(secret.metadata()))
        .forEach(found::add);
    for (VaultSecretStatus known : status.vaultSecrets()) {
      inventory
          .byID(Resource.VAULT_SECRETS, known.id())
          .optional()
          .filter(secret -> Mark.parse(secret.metadata()).isEmpty())
          .ifPresent(found::add);
    }
    return found;
  }

  /** Whether the vault matters to a service: by what it asks for, or by what it left there. */
  static boolean usesVault(ClinicServiceSpec spec, ClinicServiceStatus status) {
    return namesSecrets(spec) || !status.vaultSecrets().isEmpty();
  }

  /** Whether a manifest names Secrets whose values belong into the vault, found or not. */
  static boolean namesSecrets(ClinicServiceSpec spec) {
    Access access = spec.access();
    return References.clientSecret(access).isPresent() || access.basicAuth() != null;
  }

  /** The internal URL that the manifest asks for. */
  String wantedInternalURL() {
    return ServiceNames.internalURL(service, ClinicNames.internalDomain(clinic.orElseThrow()));
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
