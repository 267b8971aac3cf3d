package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.reference.References;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The caches of the process: one for each kind, which all controllers read. The controller of
 * Clinics also keeps the Secrets and ConfigMaps.
 */
final class Caches {
  private static final String REFERENCES = "references";

  private final SharedCache<Clinic> clinics = new SharedCache<>("clinics", ClaimKeys::of);
  private final SharedCache<ClinicService> services = new SharedCache<>("services", ClaimKeys::of);
  private final SharedCache<ClinicSession> sessions = new SharedCache<>("sessions", ClaimKeys::of);
  private final ReferencedObjects referenced = new ReferencedObjects();
  private final ClinicSecrets secrets = new ClinicSecrets();
  private final BiFunction<String, String, Grant> grants;

  /**
   * Caches that nobody keeps yet.
   *
   * @param grants the grants of an account for a namespace
   */
  Caches(BiFunction<String, String, Grant> grants) {
    this.grants = grants;
  }

  SharedCache<Clinic> clinics() {
    return clinics;
  }

  SharedCache<ClinicService> services() {
    return services;
  }

  SharedCache<ClinicSession> sessions() {
    return sessions;
  }

  ReferencedObjects referenced() {
    return referenced;
  }

  /** The Secrets that the operator writes for Clinics. */
  ClinicSecrets secrets() {
    return secrets;
  }

  BiFunction<String, String, Grant> grants() {
    return grants;
  }

  /** The event sources of the controller of Clinics. */
  List<EventSource<?, Clinic>> keepClinics(EventSourceContext<Clinic> context) {
    clinics.keep(context);
    clinics.cache().addIndexer(REFERENCES, References::keys);
    referenced.keep(context);
    secrets.keep(context);
    return List.of(
        clinics,
        new StartsFirst<>(services::startCache),
        referenced.secretSource(),
        referenced.configMapSource(),
        secrets.siteKits(),
        secrets.agentAPIs());
  }

  /** The event sources of the controller of ClinicServices. */
  List<EventSource<?, ClinicService>> keepServices(EventSourceContext<ClinicService> context) {
    services.keep(context);
    services.cache().addIndexer(REFERENCES, References::keys);
    return List.of(
        services,
        new StartsFirst<>(clinics::startCache, sessions::startCache, referenced::startCaches));
  }

  /** The event sources of the controller of ClinicSessions. */
  List<EventSource<?, ClinicSession>> keepSessions(EventSourceContext<ClinicSession> context) {
    sessions.keep(context);
    return List.of(sessions, new StartsFirst<>(services::startCache));
  }

  /** The value that was read from these caches. Fails if they were stopped in the meantime. */
  <T> T live(T answer) {
    LiveCache.require(clinics.cache());
    LiveCache.require(services.cache());
    LiveCache.require(sessions.cache());
    return answer;
  }

  /** The services of a Clinic; none before they can be read. */
  Collection<ClinicService> servicesOf(HasMetadata clinic) {
    String key =
        ClaimKeys.clinic(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
    return services.isReadable() ? services.by(key) : List.of();
  }

  /** The sessions of a service; none before they can be read. */
  Collection<ClinicSession> sessionsOf(HasMetadata service) {
    String key =
        ClaimKeys.service(service.getMetadata().getNamespace(), service.getMetadata().getName());
    return sessions.isReadable() ? sessions.by(key) : List.of();
  }

  /** The Clinics that refer to an object themselves; none before they can be read. */
  Collection<Clinic> clinicsReferringTo(Reference object) {
    return clinics.isReadable() ? clinics.cache().byIndex(REFERENCES, object.key()) : List.of();
  }

  /** The services that refer to an object; none before they can be read. */
  Collection<ClinicService> servicesReferringTo(Reference object) {
    return services.isReadable() ? services.cache().byIndex(REFERENCES, object.key()) : List.of();
  }
}
