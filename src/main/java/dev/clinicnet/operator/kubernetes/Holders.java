package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.policy.Forward;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the holders of names among the other Clinics and services. */
public record Holders(Manifests manifests) {
  private static final String CLINIC = "Clinic";

  /** The object that a mark of this instance names; empty if it is gone. */
  public Optional<HasMetadata> named(Mark mark) {
    return mark.owner()
        .flatMap(
            owner ->
                owner.kind().equals(CLINIC)
                    ? manifests.clinic(owner.namespace(), owner.name()).map(HasMetadata.class::cast)
                    : manifests
                        .servicesBy(ClaimKeys.clinic(owner.namespace(), mark.clinic()))
                        .stream()
                        .filter(service -> service.getMetadata().getName().equals(owner.name()))
                        .map(HasMetadata.class::cast)
                        .findFirst());
  }

  /** The manifests whose statuses name an object at ngrok by its id. */
  public List<Owner> having(String id) {
    return Stream.concat(
            manifests.clinicsBy(ClaimKeys.held(id)).stream(),
            manifests.servicesBy(ClaimKeys.held(id)).stream())
        .map(Owner::of)
        .toList();
  }

  /** The objects that do not hand their names over. */
  public <T extends HasMetadata> List<T> keeping(Collection<T> objects, HasMetadata from) {
    return objects.stream().filter(object -> !Annotations.handsOver(object, from)).toList();
  }

  /**
   * Whether the object that a mark of this instance names exists and gives its names to another
   * one.
   */
  public boolean give(Mark mark, HasMetadata to) {
    return named(mark).filter(holder -> Annotations.handsOver(holder, to)).isPresent();
  }

  /**
   * Whether an endpoint of a Clinic may forward to a URL: it lies under the internal domain that
   * the Clinic has now, and no agent of another Clinic may bind it. If the Clinic is missing, the
   * endpoint stays as it is until another Clinic has that internal domain.
   */
  public boolean mayForwardTo(String url, String namespace, String clinic) {
    Optional<Clinic> own = manifests.clinic(namespace, clinic);
    boolean leaves =
        own.filter(its -> !Forward.isUnder(url, ClinicNames.internalDomain(its))).isPresent();
    Optional<String> account = own.map(its -> its.getSpec().account());
    return !leaves
        && Forward.host(url)
            .filter(host -> !othersBind(host, namespace + "/" + clinic, account))
            .isPresent();
  }

  /**
   * Whether an agent of another Clinic may bind a host. Each account has its own internal hosts. A
   * refused Clinic holds nothing.
   *
   * @param account the account of the endpoint; empty for any
   */
  private boolean othersBind(String host, String own, Optional<String> account) {
    return DomainNames.suffixes(host).stream()
        .flatMap(suffix -> manifests.clinicsBy(ClaimKeys.internal(suffix)).stream())
        .filter(clinic -> !ClinicNames.path(clinic).equals(own))
        .filter(clinic -> account.filter(its -> !its.equals(clinic.getSpec().account())).isEmpty())
        .filter(Holders::hasCredential)
        .anyMatch(clinic -> DomainNames.isUnder(host, ClinicNames.internalDomain(clinic)));
  }

  private static boolean hasCredential(Clinic clinic) {
    ClinicStatus status = clinic.getStatus();
    return status != null
        && (status.authtoken() != null
            || Conditions.isTrue(status.conditions(), ConditionType.Accepted));
  }
}
