package dev.clinicnet.operator.run;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Optional;

/**
 * The caches of one controller: its own kind and the other. A controller reads only its own, since
 * an event of another's cache says nothing about this one's age.
 */
record Caches(IndexerResourceCache<Clinic> clinics, IndexerResourceCache<ClinicService> services) {
  private static final String CLAIMS = "claims";

  Caches {
    clinics.addIndexer(CLAIMS, ClaimKeys::of);
    services.addIndexer(CLAIMS, ClaimKeys::of);
  }

  Optional<Clinic> clinic(String namespace, String name) {
    return clinics.get(new ResourceID(name, namespace));
  }

  Collection<Clinic> clinicsBy(String claimKey) {
    return clinics.byIndex(CLAIMS, claimKey);
  }

  Collection<ClinicService> servicesBy(String claimKey) {
    return services.byIndex(CLAIMS, claimKey);
  }
}
