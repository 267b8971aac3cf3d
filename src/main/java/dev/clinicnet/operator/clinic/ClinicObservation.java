package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.GrantedNames;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.MissingRight;
import dev.clinicnet.operator.kubernetes.Possession;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.reference.TerminationReferences;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a decision on one Clinic rests on.
 *
 * @param status its last status, with what this pass wrote down already
 * @param grant what its namespace may hold at ngrok
 * @param holders finds who has what it asks for
 * @param notGranted what it asks for beyond that, if anything
 * @param rivals other Clinics that may claim one of its names
 * @param services its ClinicServices, terminating ones included
 * @param hostRivals services that claim the host of its agent API, or a domain that it wants for
 *     itself
 * @param terminations how its agent ends TLS for services, by their names; without those whose
 *     certificates cannot be had now
 * @param secret the site kit's Secret as the API server has it now
 * @param agentAPI the Secret for the agent's API as the API server has it now; not looked at where
 *     nobody needs it
 * @param dns the DNS records as they are published
 * @param freshNonce a nonce that nobody has used, for a credential that may have to be made
 * @param lane how urgent its changes are
 */
record ClinicObservation(
    Clinic clinic,
    ClinicStatus status,
    Settings settings,
    Inventory inventory,
    Grant grant,
    Holders holders,
    Optional<Verdict> notGranted,
    Collection<Clinic> rivals,
    Collection<ClinicService> services,
    Collection<ClinicService> hostRivals,
    Map<String, TLSTermination> terminations,
    SiteKitSecret secret,
    AgentAPISecret agentAPI,
    DNSPublication dns,
    String freshNonce,
    Lane lane,
    Instant now) {

  /** Looks at everything. */
  static ClinicObservation of(
      Clinic clinic,
      ClinicStatus status,
      Cluster cluster,
      Settings settings,
      Inventory inventory,
      DNSPublication dns,
      String freshNonce,
      Instant now) {
    String namespace = clinic.getMetadata().getNamespace();
    GrantedNames names = new GrantedNames(cluster, inventory, settings);
    Collection<ClinicService> services =
        cluster.servicesBy(ClaimKeys.clinic(namespace, clinic.getMetadata().getName()));
    return new ClinicObservation(
        clinic,
        status,
        settings,
        inventory,
        cluster.grant(namespace),
        new Holders(cluster),
        names.problem(clinic),
        rivals(clinic, cluster, names),
        services,
        hostRivals(clinic, cluster, names),
        terminations(services, cluster, now),
        SiteKitSecret.of(
            secret(clinic, ClinicNames.siteKitSecret(clinic), cluster), ClinicNames.path(clinic)),
        agentAPI(clinic, status, cluster),
        dns,
        freshNonce,
        lane(clinic, status),
        now);
  }

  private static AgentAPISecret agentAPI(Clinic clinic, ClinicStatus status, Cluster cluster) {
    return clinic.getSpec().agent().api() == null && status.agentAPI() == null
        ? AgentAPISecret.NONE
        : AgentAPISecret.of(
            secret(clinic, ClinicNames.agentAPISecret(clinic), cluster), ClinicNames.path(clinic));
  }

  /**
   * A Secret as it is now. Of a Clinic that is being deleted, one that may not be read counts as
   * none: a namespace that goes may have lost the right to it, and all at ngrok carries a mark.
   */
  private static Optional<Secret> secret(Clinic clinic, String name, Cluster cluster) {
    try {
      return cluster.secret(clinic.getMetadata().getNamespace(), name);
    } catch (KubernetesClientException e) {
      if (clinic.isMarkedForDeletion() && MissingRight.of(e).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, TLSTermination> terminations(
      Collection<ClinicService> services, Cluster cluster, Instant now) {
    Map<String, TLSTermination> terminations = new LinkedHashMap<>();
    for (ClinicService service : services) {
      TerminationReferences.resolve(service, cluster, now)
          .value()
          .ifPresent(found -> terminations.put(service.getMetadata().getName(), found));
    }
    return terminations;
  }

  private static Lane lane(Clinic clinic, ClinicStatus status) {
    Long observed = status.observedGeneration();
    boolean changed = observed != null && !observed.equals(clinic.getMetadata().getGeneration());
    boolean released = status.quarantinedSince() != null;
    return changed || released ? Lane.CHANGE : Lane.BULK;
  }

  private static Collection<Clinic> rivals(Clinic clinic, Cluster cluster, GrantedNames names) {
    Map<String, Clinic> rivals = new LinkedHashMap<>();
    for (String key : ClaimKeys.contestedBy(clinic)) {
      cluster.clinicsBy(key).stream()
          .flatMap(other -> names.rival(other).stream())
          .forEach(other -> rivals.put(ClinicNames.path(other), other));
    }
    rivals.remove(ClinicNames.path(clinic));
    return rivals.values();
  }

  private static Collection<ClinicService> hostRivals(
      Clinic clinic, Cluster cluster, GrantedNames names) {
    List<ClinicService> rivals = new ArrayList<>();
    if (clinic.getSpec().agent().api() != null) {
      rivals.addAll(cluster.servicesBy(ClaimKeys.host(clinic.getSpec().agent().api().host())));
    }
    clinic.getSpec().domains().stream()
        .filter(domain -> !domain.shared())
        .forEach(domain -> rivals.addAll(cluster.servicesBy(ClaimKeys.host(domain.name()))));
    rivals.removeIf(service -> !names.contends(service));
    return rivals;
  }

  /** What it may have of what is at ngrok already. */
  Possession possession() {
    return new Possession(settings.instance(), clinic, grant, holders, settings.undoWindow());
  }

  /** Whether the manifest is the one that the status speaks of. */
  boolean isSettled() {
    return clinic.getMetadata().getGeneration() != null
        && clinic.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  Owner owner() {
    return Owner.of(clinic);
  }

  /** The mark of what belongs to this Clinic alone. */
  Mark mark() {
    return mark(clinic, settings);
  }

  static Mark mark(Clinic clinic, Settings settings) {
    Owner owner = Owner.of(clinic);
    return Mark.of(settings.instance(), owner, clinic.getMetadata().getUid(), owner.name());
  }

  /**
   * The credentials of this Clinic: by their mark; and those that the status names, should somebody
   * have removed the mark. What a Secret names is no proof: others than the operator write Secrets.
   */
  List<Credential> credentials() {
    return possession().own(inventory, Resource.CREDENTIALS, knownCredentialIDs());
  }

  /**
   * The agent sessions of this Clinic: of the credentials that are there, and of those that the
   * status knows, since a session outlives its credential.
   */
  List<TunnelSession> sessions() {
    Set<String> ids = new LinkedHashSet<>();
    credentials().forEach(credential -> ids.add(credential.id()));
    ids.addAll(knownCredentialIDs());
    return ids.stream()
        .flatMap(id -> inventory.lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(id)).stream())
        .toList();
  }

  /** The credentials that the status names, be they there or not. */
  Set<String> knownCredentialIDs() {
    Set<String> ids = new LinkedHashSet<>();
    if (status.authtoken() != null) {
      if (status.authtoken().credentialID() != null) {
        ids.add(status.authtoken().credentialID());
      }
      status.authtoken().retiring().forEach(retiring -> ids.add(retiring.credentialID()));
    }
    return ids;
  }

  /** The exclusive domains of this Clinic, listed in its manifest or not: by mark, else by id. */
  List<ReservedDomain> exclusiveDomains() {
    List<String> known =
        status.domains().stream()
            .filter(domain -> wasExclusive(domain.name()) && isExclusive(domain.name()))
            .map(DomainStatus::id)
            .toList();
    return possession().own(inventory, Resource.RESERVED_DOMAINS, known);
  }

  private boolean isExclusive(String name) {
    return clinic.getSpec().domains().stream()
        .anyMatch(domain -> domain.name().equals(name) && !domain.shared());
  }

  /** The mark of a domain of its own as it counts, were it removed or not. */
  Mark markOf(ReservedDomain domain) {
    Optional<Mark> mark = ownMark(domain);
    return possession().marking(mark.orElse(mark()), mark, domain.id());
  }

  /** The Clinic's mark on something; empty where it carries another, or none. */
  Optional<Mark> ownMark(RemoteObject row) {
    return possession().ownMark(row);
  }

  /** The same, or the one that it is to carry. */
  Mark markOr(RemoteObject row) {
    return ownMark(row).orElse(mark());
  }

  /** Its token was bound to the name: it was not only shared. */
  private boolean wasExclusive(String domain) {
    return status.authtoken() != null && status.authtoken().acl().contains("bind:" + domain);
  }

  String internalDomain() {
    return ClinicNames.internalDomain(clinic);
  }
}
