package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import java.util.Collection;
import java.util.Optional;

/** The existing Clinics and services. They come from caches and must not be changed. */
public interface Manifests {

  /** A Clinic, also a terminating one. */
  Optional<Clinic> clinic(String namespace, String name);

  /** The Clinics under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<Clinic> clinicsBy(String claimKey);

  /** The services under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<ClinicService> servicesBy(String claimKey);
}
