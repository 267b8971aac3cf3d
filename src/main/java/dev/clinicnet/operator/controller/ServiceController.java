package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicservice",
    finalizerName = ServiceController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ServiceController implements Reconciler<ClinicService>, Cleaner<ClinicService> {
  static final String FINALIZER = "clinicnet.dev/clinicservice";

  private final ReconcileLoop<ClinicService> reconciler;
  private final Requeues requeues;
  private final InFlight inFlight;
  private final RefusedWrites refusals;
  private final Orphans orphans;
  private final Function<String, Grant> grants;
  private final Clock clock;
  private Caches caches;

  ServiceController(
      ReconcileLoop<ClinicService> reconciler,
      Requeues requeues,
      InFlight inFlight,
      RefusedWrites refusals,
      Orphans orphans,
      Function<String, Grant> grants,
      Clock clock) {
    this.reconciler = reconciler;
    this.requeues = requeues;
    this.inFlight = inFlight;
    this.refusals = refusals;
    this.orphans = orphans;
    this.grants = grants;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ClinicService>> prepareEventSources(
      EventSourceContext<ClinicService> context) {
    var clinics =
        new InformerEventSource<Clinic, ClinicService>(
            InformerEventSourceConfiguration.from(Clinic.class, ClinicService.class)
                .withName("clinics")
                .withNamespacesInheritedFromController()
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
            InformerEventSourceConfiguration.from(ClinicSession.class, ClinicService.class)
                .withName("sessions")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(session -> Set.of(serviceOf(session)))
                .build(),
            context);
    caches =
        new Caches(clinics, context.getPrimaryCache(), Optional.of(sessions), referenced, grants);
    requeues.services(context.getPrimaryCache());
    List<EventSource<?, ClinicService>> sources = new ArrayList<>(referenced.eventSources());
    sources.addAll(List.of(clinics, sessions, requeues.serviceEvents()));
    return sources;
  }

  @Override
  public UpdateControl<ClinicService> reconcile(
      ClinicService service, Context<ClinicService> context) {
    return inFlight.run(
        () -> refusals.pass(service, () -> pass(service, context)), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(ClinicService service, Context<ClinicService> context) {
    return inFlight.run(
        () ->
            refusals.deletion(
                service, context.getClient(), FINALIZER, () -> deletion(service, context)),
        DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<ClinicService> pass(ClinicService service, Context<ClinicService> context) {
    orphans.left(Owner.of(service));
    Outcome outcome = reconciler.reconcile(service, cluster(service, context));
    requeues.handedOver(service);
    if (outcome.freed()
        || Requeues.isNewGeneration(
            service,
            service.getStatus() == null ? null : service.getStatus().observedGeneration())) {
      requeues.refused();
    }
    return NextPass.after(outcome, clock);
  }

  private DeleteControl deletion(ClinicService service, Context<ClinicService> context) {
    Owner owner = Owner.of(service);
    if (service.getStatus() != null
        && service.getStatus().deletionPolicy() == DeletionPolicy.Delete
        && !Annotations.isAbandoned(service)) {
      orphans.leaves(owner, Optional.empty());
    } else {
      orphans.left(owner);
    }
    Outcome outcome = reconciler.cleanUp(service, cluster(service, context));
    if (outcome.freed()) {
      requeues.refused();
    }
    if (outcome.finished()) {
      orphans.left(owner);
    }
    return NextPass.afterDeletion(outcome, clock);
  }

  private JosdkCluster cluster(ClinicService service, Context<ClinicService> context) {
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> applyStatus(service, fresh, context),
        inFlight,
        clock);
  }

  private static void applyStatus(
      ClinicService service, HasMetadata fresh, Context<ClinicService> context) {
    StatusWriter.write(service, (ClinicService) fresh, context);
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
