package dev.clinicnet.operator.account;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Manifests;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the manifests, and requeues objects that did not change in Kubernetes. */
public interface Requeue extends Manifests {
  /** All Clinics, including terminating ones. */
  Stream<Clinic> allClinics();

  /** All services, including terminating ones. */
  Stream<ClinicService> allServices();

  /** A service, also a terminating one. */
  Optional<ClinicService> service(String namespace, String name);

  /** Whether there is a manifest, also one that is being deleted. */
  default boolean isPresent(Owner owner) {
    return owner.kind().equals("Clinic")
        ? clinic(owner.namespace(), owner.name()).isPresent()
        : service(owner.namespace(), owner.name()).isPresent();
  }

  /** Requeues the object that a mark names. */
  void owner(Owner owner);

  /** Requeues everything. */
  void all();

  /** Requeues everything, spread over this time, or over more if there is very much. */
  void over(Duration span);

  /**
   * Requeues the objects that do not have what their manifests ask for and that may try again.
   *
   * @param some those of them to requeue
   */
  void notProgrammed(Predicate<Owner> some);

  /** Requeues the objects that were refused a name that may be free now. */
  void refused();
}
