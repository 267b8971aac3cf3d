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
import java.util.function.BiFunction;

/**
 * The caches of one controller: its own kind, the other kind, and the objects that services refer
 * to. A controller reads only its own caches, because an event of another cache says nothing about
 * the age of this one.
 *
 * @param grants the grants of an account for a namespace
 * @param sessions empty if the kind does not use sessions
 */
record Caches(
    IndexerResourceCache<Clinic> clinics,
    IndexerResourceCache<ClinicService> services,
    Optional<IndexerResourceCache<ClinicSession>> sessions,
    ReferencedObjects<?> referenced,
    BiFunction<String, String, Grant> grants) {
  private static final String CLAIMS = "claims";
  private static final String REFERENCES = "references";

  Caches {
    clinics.addIndexer(CLAIMS, ClaimKeys::of);
    services.addIndexer(CLAIMS, ClaimKeys::of);
    services.addIndexer(REFERENCES, References::keys);
    sessions.ifPresent(cache -> cache.addIndexer(CLAIMS, ClaimKeys::of));
  }

  /** The value that was read from these caches. Fails if they were stopped in the meantime. */
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
