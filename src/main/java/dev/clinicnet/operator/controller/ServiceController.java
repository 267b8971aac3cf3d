package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reference.Reference;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicservice",
    finalizerName = ServiceController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ServiceController extends KindController<ClinicService> {
  static final String FINALIZER = "clinicnet.dev/clinicservice";

  private final LoopDriver<ClinicService> driver;
  private final BiFunction<String, String, Grant> grants;
  private Caches caches;

  ServiceController(
      LoopDriver<ClinicService> driver,
      BiFunction<String, String, Grant> grants,
      InFlight inFlight,
      RefusedWrites refusals,
      AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.driver = driver;
    this.grants = grants;
  }

  @Override
  public List<EventSource<?, ClinicService>> prepareEventSources(
      EventSourceContext<ClinicService> context) {
    var clinics =
        new InformerEventSource<Clinic, ClinicService>(
            Watched.as("clinics", Clinic.class, ClinicService.class)
                .withSecondaryToPrimaryMapper(this::servicesOf)
                .withPrimaryToSecondaryMapper(
                    (ClinicService service) ->
                        Set.of(
                            new ResourceID(
                                service.getSpec().clinicRef().name(),
                                service.getMetadata().getNamespace())))
                .build(),
            context);
    var referenced = new ReferencedObjects<>(ClinicService.class, context, this::referringTo);
    var sessions =
        new InformerEventSource<ClinicSession, ClinicService>(
            Watched.as("sessions", ClinicSession.class, ClinicService.class)
                .withSecondaryToPrimaryMapper(session -> Set.of(serviceOf(session)))
                .build(),
            context);
    caches =
        new Caches(clinics, context.getPrimaryCache(), Optional.of(sessions), referenced, grants);
    driver.requeues().services(context.getPrimaryCache());
    List<EventSource<?, ClinicService>> sources = new ArrayList<>(referenced.eventSources());
    sources.addAll(List.of(clinics, sessions, driver.requeues().serviceEvents()));
    return sources;
  }

  @Override
  Outcome pass(ClinicService service, Context<ClinicService> context) {
    Long observed = ClinicServiceStatus.of(service).observedGeneration();
    return driver.pass(service, cluster(service, context), observed);
  }

  @Override
  Outcome deletion(ClinicService service, Context<ClinicService> context) {
    boolean deletes = ClinicServiceStatus.of(service).deletionPolicy() == DeletionPolicy.Delete;
    return driver.deletion(service, cluster(service, context), deletes, Optional.empty());
  }

  private JosdkCluster cluster(ClinicService service, Context<ClinicService> context) {
    StatusWriter<ClinicService> statuses = new StatusWriter<>(service, context, inFlight());
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> statuses.write((ClinicService) fresh),
        inFlight(),
        clock(),
        driver.accounts()::elsewhere);
  }

  private Set<ResourceID> referringTo(Reference object) {
    return caches.servicesReferringTo(object).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static ResourceID serviceOf(ClinicSession session) {
    return new ResourceID(
        session.getSpec().serviceRef().name(), session.getMetadata().getNamespace());
  }

  private Set<ResourceID> servicesOf(Clinic clinic) {
    String key =
        ClaimKeys.clinic(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
    return caches.servicesBy(key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
