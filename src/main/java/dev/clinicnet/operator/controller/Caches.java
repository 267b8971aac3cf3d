package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.reference.References;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The caches of one controller: its own kind, the other, and what services refer to. A controller
 * reads only its own, since an event of another's cache says nothing about this one's age.
 *
 * @param grants what a namespace may hold
 * @param sessions empty where they are nothing to the kind
 */
record Caches(
    IndexerResourceCache<Clinic> clinics,
    IndexerResourceCache<ClinicService> services,
    Optional<IndexerResourceCache<ClinicSession>> sessions,
    ReferencedObjects<?> referenced,
    Function<String, Grant> grants) {
  private static final String CLAIMS = "claims";
  private static final String REFERENCES = "references";

  Caches {
    clinics.addIndexer(CLAIMS, ClaimKeys::of);
    services.addIndexer(CLAIMS, ClaimKeys::of);
    services.addIndexer(REFERENCES, References::keys);
    sessions.ifPresent(cache -> cache.addIndexer(CLAIMS, ClaimKeys::of));
  }

  /** What was read from these caches, unless they were stopped in the meantime. */
  <T> T live(T answer) {
    LiveCache.require(clinics);
    LiveCache.require(services);
    sessions.ifPresent(LiveCache::require);
    return answer;
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

  Collection<ClinicSession> sessionsBy(String claimKey) {
    return sessions.isPresent() ? sessions.get().byIndex(CLAIMS, claimKey) : List.of();
  }

  /** The services that refer to an object. */
  Collection<ClinicService> servicesReferringTo(Reference object) {
    return services.byIndex(REFERENCES, object.key());
  }
}
