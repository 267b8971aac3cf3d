package dev.clinicnet.operator.run;

import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.service.ServiceReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Drives the {@link ServiceReconciler} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicservice",
    finalizerName = "clinicnet.dev/clinicservice",
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ServiceController implements Reconciler<ClinicService>, Cleaner<ClinicService> {
  private final ServiceReconciler reconciler;
  private final Wakes wakes;
  private final Passes passes;
  private final Clock clock;
  private Caches caches;

  ServiceController(ServiceReconciler reconciler, Wakes wakes, Passes passes, Clock clock) {
    this.reconciler = reconciler;
    this.wakes = wakes;
    this.passes = passes;
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
    caches = new Caches(clinics, context.getPrimaryCache(), Optional.of(sessions), referenced);
    wakes.services(context.getPrimaryCache());
    List<EventSource<?, ClinicService>> sources = new ArrayList<>(referenced.eventSources());
    sources.addAll(List.of(clinics, sessions, wakes.serviceEvents()));
    return sources;
  }

  @Override
  public UpdateControl<ClinicService> reconcile(
      ClinicService service, Context<ClinicService> context) {
    return passes.run(() -> pass(service, context), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(ClinicService service, Context<ClinicService> context) {
    return passes.run(() -> deletion(service, context), DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<ClinicService> pass(ClinicService service, Context<ClinicService> context) {
    Outcome outcome = reconciler.reconcile(service, cluster(service, context));
    if (outcome.freed()
        || Wakes.isNewGeneration(
            service,
            service.getStatus() == null ? null : service.getStatus().observedGeneration())) {
      wakes.refused();
    }
    UpdateControl<ClinicService> control = UpdateControl.noUpdate();
    outcome.wakeAt().ifPresent(when -> control.rescheduleAfter(Wakes.until(when, clock)));
    return control;
  }

  private DeleteControl deletion(ClinicService service, Context<ClinicService> context) {
    Outcome outcome = reconciler.cleanUp(service, cluster(service, context));
    if (outcome.freed()) {
      wakes.refused();
    }
    if (outcome.finished()) {
      return DeleteControl.defaultDelete();
    }
    Duration wait =
        outcome.wakeAt().map(when -> Wakes.until(when, clock)).orElse(Wakes.DELETION_CHECK);
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait);
  }

  private JosdkCluster cluster(ClinicService service, Context<ClinicService> context) {
    return new JosdkCluster(
        context.getClient(), caches, fresh -> applyStatus(service, fresh, context), passes, clock);
  }

  private static void applyStatus(
      ClinicService service, HasMetadata fresh, Context<ClinicService> context) {
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(
        service, (ClinicService) fresh, context);
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
