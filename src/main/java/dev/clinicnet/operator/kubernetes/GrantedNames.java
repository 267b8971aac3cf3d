package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.ClinicGrants;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.grant.ServiceGrants;
import dev.clinicnet.operator.inventory.Inventory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Applies the grants of a cluster to its objects.
 *
 * @param inventory the objects at ngrok, including those whose owners are gone
 */
public record GrantedNames(Cluster cluster, Inventory inventory, Settings settings) {

  /** The refusal of what a Clinic asks for without a grant; empty if everything is granted. */
  public Optional<Verdict> problem(Clinic clinic) {
    Grant grant = grant(clinic);
    Collection<Clinic> all = grant.maxClinics().isPresent() ? inAccount(clinic) : List.of();
    return ClinicGrants.problem(clinic, grant, all, leftBehind(clinic, all));
  }

  /** The refusal of what a service asks for without a grant; empty if everything is granted. */
  public Optional<Verdict> problem(ClinicService service) {
    Grant grant = grant(service);
    Collection<ClinicService> all =
        grant.maxServices().isPresent() ? inAccount(service) : List.of();
    return ServiceGrants.problem(
        service,
        cluster.clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name()),
        grant,
        all,
        leftBehind(service, all));
  }

  /**
   * A Clinic with the names that it may keep from others. A Clinic that was refused something keeps
   * each name that it holds, and none that it only asks for. The result is empty when it holds
   * nothing. Its internal domain cannot be changed, so every holder had a grant for it once. The
   * host of its agent's API is protected by the mark.
   */
  public Optional<Clinic> rival(Clinic clinic) {
    if (problem(clinic).isEmpty()) {
      return Optional.of(clinic);
    }
    ClinicStatus status = clinic.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    List<ClinicDomain> held =
        clinic.getSpec().domains().stream()
            .map(ClinicDomain::name)
            .filter(name -> holds(status, name))
            .map(name -> new ClinicDomain(name, !isBound(status, name)))
            .toList();
    return held.isEmpty() && status.authtoken() == null
        ? Optional.empty()
        : Optional.of(listing(held, clinic));
  }

  private static boolean holds(ClinicStatus status, String name) {
    return status.domains().stream()
        .anyMatch(domain -> domain.name().equals(name) && domain.id() != null);
  }

  /**
   * Whether the Clinic's token may bind the name, so that the Clinic holds the name exclusively.
   */
  private static boolean isBound(ClinicStatus status, String name) {
    return status.authtoken() != null && status.authtoken().acl().contains("bind:" + name);
  }

  private static Clinic listing(List<ClinicDomain> domains, Clinic clinic) {
    Clinic rival = new Clinic();
    rival.setMetadata(clinic.getMetadata());
    rival.setSpec(clinic.getSpec().with(domains, clinic.getSpec().agent().withoutAPI()));
    rival.setStatus(clinic.getStatus());
    return rival;
  }

  /**
   * Whether a service may keep its public host from others: it and its Clinic ask only for what was
   * granted, or it is already served at this host.
   */
  public boolean contends(ClinicService service) {
    if (grant(service).isTrusted()) {
      return true;
    }
    boolean serves =
        ServiceNames.publicHost(service)
            .filter(host -> HostClaims.serves(service, host))
            .isPresent();
    boolean granted =
        cluster
                .clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name())
                .filter(clinic -> problem(clinic).isEmpty())
                .isPresent()
            && problem(service).isEmpty();
    return serves || granted;
  }

  /** If not all manifests are visible, the owner in a mark may exist although it is not seen. */
  private <T extends HasMetadata> Collection<String> leftBehind(T object, Collection<T> all) {
    return all.isEmpty() || !cluster.isWhole()
        ? List.of()
        : new LeftBehind(inventory, settings)
            .of(object.getKind(), object.getMetadata().getNamespace(), LeftBehind.names(all));
  }

  private Grant grant(HasMetadata object) {
    return cluster.grant(account(object), object.getMetadata().getNamespace());
  }

  private Collection<Clinic> inAccount(Clinic clinic) {
    return cluster.clinicsBy(namespace(clinic)).stream()
        .filter(other -> account(other).equals(account(clinic)))
        .toList();
  }

  private Collection<ClinicService> inAccount(ClinicService service) {
    return cluster.servicesBy(namespace(service)).stream()
        .filter(other -> account(other).equals(account(service)))
        .toList();
  }

  private String account(HasMetadata object) {
    return object instanceof ClinicService service
        ? HomeAccount.of(
            service,
            cluster.clinic(
                service.getMetadata().getNamespace(), service.getSpec().clinicRef().name()))
        : ((Clinic) object).getSpec().account();
  }

  private static String namespace(HasMetadata object) {
    return ClaimKeys.namespace(object.getMetadata().getNamespace());
  }
}
