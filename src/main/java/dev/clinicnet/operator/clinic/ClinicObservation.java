package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.RotationQueue;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
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
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.kubernetes.GrantedNames;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.MissingRight;
import dev.clinicnet.operator.kubernetes.Possession;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.reference.ProxyPassword;
import dev.clinicnet.operator.reference.Resolved;
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
 * Everything that a decision on one Clinic depends on.
 *
 * @param status its last status, with everything that this pass has written
 * @param grant the grant of its namespace
 * @param holders finds the holders of the names that it asks for
 * @param elsewhere those of its domains that are reserved in other accounts
 * @param notGranted the refusal of what it asks for without a grant; empty if there is none
 * @param rivals other Clinics that may claim one of its names
 * @param services its ClinicServices as {@link SeenService} has them, including terminating ones
 * @param hostRivals services that claim the host of its agent API, or a domain that it wants
 *     exclusively
 * @param terminations how its agent ends TLS for services, by their names, without those whose
 *     certificates are not available now
 * @param proxyPassword the password of the proxy in the site's network
 * @param secret the site kit's Secret, from the cache or as the API server has it now
 * @param agentAPI the Secret for the agent's API, from the same place; it is not read if it is not
 *     needed
 * @param dns the DNS records as they are published
 * @param rotation the replacement of an authtoken that is still good
 * @param freshNonce an unused nonce, for a credential that may have to be created
 * @param lane the urgency of its changes
 */
record ClinicObservation(
    Clinic clinic,
    ClinicStatus status,
    Settings settings,
    Inventory inventory,
    Grant grant,
    Holders holders,
    Elsewhere elsewhere,
    Optional<Verdict> notGranted,
    Collection<Clinic> rivals,
    Collection<ClinicService> services,
    Collection<ClinicService> hostRivals,
    Map<String, TLSTermination> terminations,
    Resolved<SecretValue> proxyPassword,
    SiteKitSecret secret,
    AgentAPISecret agentAPI,
    DNSPublication dns,
    AuthtokenRotation rotation,
    String freshNonce,
    Lane lane,
    Instant now) {

  ClinicObservation {
    services = services.stream().map(SeenService::of).toList();
  }

  /** Reads everything. The Secrets come from {@code secrets}. */
  static ClinicObservation of(
      Clinic clinic,
      ClinicStatus status,
      Cluster cluster,
      SecretReader secrets,
      Settings settings,
      Inventory inventory,
      RotationQueue rotations,
      DNSPublication dns,
      String freshNonce,
      Instant now) {
    String namespace = clinic.getMetadata().getNamespace();
    GrantedNames names = new GrantedNames(cluster, inventory, settings);
    Collection<ClinicService> services =
        cluster.servicesBy(ClaimKeys.clinic(namespace, clinic.getMetadata().getName()));
    SiteKitSecret secret =
        SiteKitSecret.of(
            secret(clinic, ClinicNames.siteKitSecret(clinic), secrets), ClinicNames.path(clinic));
    AuthtokenRotation rotation = AuthtokenRotation.of(clinic, secret, inventory, rotations, now);
    return new ClinicObservation(
        clinic,
        status,
        settings,
        inventory,
        cluster.grant(clinic.getSpec().account(), namespace),
        new Holders(cluster),
        cluster
            .elsewhere(clinic.getSpec().account())
            .now(clinic.getSpec().domains().stream().map(ClinicDomain::name).toList()),
        names.problem(clinic),
        rivals(clinic, cluster, names),
        services,
        hostRivals(clinic, cluster, names),
        terminations(services, cluster, now),
        ProxyPassword.resolve(clinic, cluster),
        secret,
        agentAPI(clinic, status, secrets),
        dns,
        rotation,
        freshNonce,
        lane(clinic, status, rotation),
        now);
  }

  private static AgentAPISecret agentAPI(Clinic clinic, ClinicStatus status, SecretReader secrets) {
    return clinic.getSpec().agent().api() == null && status.agentAPI() == null
        ? AgentAPISecret.NONE
        : AgentAPISecret.of(
            secret(clinic, ClinicNames.agentAPISecret(clinic), secrets), ClinicNames.path(clinic));
  }

  /**
   * The present Secret. For a Clinic that is being deleted, a Secret that may not be read counts as
   * absent: the right may have gone with the namespace, and everything at ngrok carries a mark.
   */
  private static Optional<Secret> secret(Clinic clinic, String name, SecretReader secrets) {
    try {
      return secrets.read(clinic.getMetadata().getNamespace(), name);
    } catch (KubernetesClientException e) {
      if (clinic.isMarkedForDeletion() && MissingRight.of(e).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Where Secrets are read. */
  interface SecretReader {
    /** The Secret; empty if there is none. */
    Optional<Secret> read(String namespace, String name);
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

  private static Lane lane(Clinic clinic, ClinicStatus status, AuthtokenRotation rotation) {
    Long observed = status.observedGeneration();
    boolean changed = observed != null && !observed.equals(clinic.getMetadata().getGeneration());
    boolean released = status.quarantinedSince() != null;
    return changed || released || rotation.asked() ? Lane.CHANGE : Lane.BULK;
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

  /** What it may take over at ngrok. */
  Possession possession() {
    return new Possession(settings.instance(), clinic, grant, holders, settings.undoWindow());
  }

  /** Whether the status is about the present manifest. */
  boolean isSettled() {
    return clinic.getMetadata().getGeneration() != null
        && clinic.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  Owner owner() {
    return Owner.of(clinic);
  }

  /** The mark of objects that belong only to this Clinic. */
  Mark mark() {
    return mark(clinic, settings);
  }

  static Mark mark(Clinic clinic, Settings settings) {
    Owner owner = Owner.of(clinic);
    return Mark.of(settings.instance(), owner, clinic.getMetadata().getUid(), owner.name());
  }

  /**
   * The credentials of this Clinic, by their mark, or by the ids in the status if somebody has
   * removed the mark, and those that it adopts. The id in a Secret does not count, because others
   * may write Secrets too.
   */
  List<Credential> credentials() {
    List<Credential> all =
        new ArrayList<>(possession().own(inventory, Resource.CREDENTIALS, knownCredentialIDs()));
    AdoptedCredentials.adoptable(this).stream()
        .filter(credential -> !all.contains(credential))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * Whether a credential of the Clinic was made by hand, so that the operator has no token of it.
   */
  boolean wasAdopted(Credential credential) {
    return ownMark(credential)
        .map(Mark::wasAdopted)
        .orElseGet(() -> Annotations.adopts(clinic, credential.id()));
  }

  /**
   * Whether the agents of the site keep the authtoken that they have, because the operator has
   * issued none and is asked to issue none.
   */
  boolean keepsAuthtoken() {
    return Annotations.keepsAuthtoken(clinic)
        && !secret.isIssuing()
        && status.quarantinedSince() == null
        && knownCredentialIDs().isEmpty()
        && credentials().stream().allMatch(this::wasAdopted);
  }

  /**
   * The agent sessions of this Clinic: those of existing credentials, and those of credentials in
   * the status, because a session outlives its credential.
   */
  List<TunnelSession> sessions() {
    Set<String> ids = new LinkedHashSet<>();
    credentials().forEach(credential -> ids.add(credential.id()));
    ids.addAll(knownCredentialIDs());
    return ids.stream()
        .flatMap(id -> inventory.lookUp(Resource.TUNNEL_SESSIONS, Keys.credential(id)).stream())
        .toList();
  }

  /**
   * Whether all agent sessions of this Clinic are listed, also those that began before the operator
   * deleted their credential.
   */
  boolean knowsSessions() {
    return inventory.isKnownTo(Resource.TUNNEL_SESSIONS, owner().toString());
  }

  /** The credentials that the status names, whether they exist or not. */
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

  /** The exclusive domains of this Clinic, listed in its manifest or not, by mark or by id. */
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

  /** The effective mark of an exclusive domain, even if it was removed. */
  Mark markOf(ReservedDomain domain) {
    Optional<Mark> mark = ownMark(domain);
    return possession().marking(mark.orElse(mark()), mark, domain.id());
  }

  /** The Clinic's mark on an object; empty if it carries another mark or none. */
  Optional<Mark> ownMark(RemoteObject row) {
    return possession().ownMark(row);
  }

  /** The same mark, or the mark that the object must get. */
  Mark markOr(RemoteObject row) {
    return ownMark(row).orElse(mark());
  }

  /** The token could bind the name, so the domain was not only shared. */
  private boolean wasExclusive(String domain) {
    return status.authtoken() != null && status.authtoken().acl().contains("bind:" + domain);
  }

  String internalDomain() {
    return ClinicNames.internalDomain(clinic);
  }
}
